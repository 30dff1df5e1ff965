package dev.waybill.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.event.Event;
import dev.waybill.event.EventTime;
import dev.waybill.event.EventType;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every triple of docs/playbook.md, and the corner cases in `src/test/resources/playbook`: an event, a playbook on
/// top of the Kargo kit, and the result. `partner_id` and `params.lex_id` are passed over, and each event gets a
/// `puid`.
class PlaybookTriplesTest {
    private static final Pattern TRIPLE = Pattern.compile(
            "```json event\\n(.*?)\\n```\\s*```yaml playbook\\n(.*?)\\n```\\s*```json result\\n(.*?)\\n```",
            Pattern.DOTALL);
    private static final String PUID = "efaa6e95-8f9e-25bf-d0ec-6bbbcf92ce59";

    @TestFactory
    Stream<DynamicTest> the_specification() throws IOException {
        return triples(Path.of("docs/playbook.md"));
    }

    @TestFactory
    Stream<DynamicTest> corner_cases() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/playbook"))) {
            List<DynamicTest> all = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                triples(file).forEach(all::add);
            }
            return all.stream();
        }
    }

    private static Stream<DynamicTest> triples(Path page) throws IOException {
        String text = Files.readString(page);
        List<DynamicTest> tests = new ArrayList<>();
        Matcher triple = TRIPLE.matcher(text);
        while (triple.find()) {
            String event = triple.group(1);
            String playbook = triple.group(2);
            String result = triple.group(3);
            long line = text.substring(0, triple.start()).lines().count() + 1;
            tests.add(DynamicTest.dynamicTest(page.getFileName() + ":" + line, () -> check(event, playbook, result)));
        }
        long blocks = text.lines().filter(line -> line.equals("```json result")).count();
        assertThat(tests).as("triples of %s", page).hasSize((int) blocks).isNotEmpty();
        return tests.stream();
    }

    private static void check(String event, String playbook, String result) {
        Integration integration = Kits.compiled(
                "kit: kargo\nparameters: {PARTNER_ID: p-1, ENDPOINT: 'https://kargo.example/events'}\nplaybook:\n"
                        + playbook.indent(2),
                Kits.NO_VARIABLES);
        JsonObject json = withPuid((JsonObject) JsonText.read(event));
        Mapped whole = integration.map(event(json, json));
        Mapped projected =
                integration.map(event(json, (JsonObject) JsonText.read(JsonText.bytes(json), integration.wanted())));

        assertThat(JsonText.write(shown(projected))).isEqualTo(JsonText.write(shown(whole)));
        assertThat(JsonText.write(shown(whole))).isEqualTo(JsonText.write(JsonText.read(result)));
    }

    private static Event event(JsonObject received, JsonObject read) {
        Instant at = EventTime.instant(received.text("receivedAt"));
        return new Event(
                EventType.of(String.valueOf(received.text("type"))).orElse(EventType.TRACK),
                received.text("messageId") == null ? "m-0" : String.valueOf(received.text("messageId")),
                at == null ? 0 : at.toEpochMilli(),
                false,
                null,
                read);
    }

    private static JsonObject withPuid(JsonObject event) {
        JsonObject context = event.object("context") == null ? JsonObject.EMPTY : event.object("context");
        if (context.get("providers") != null) {
            return event;
        }
        JsonObject kargo = JsonObject.builder().put("puid", PUID).build();
        JsonObject providers = JsonObject.builder().put("kargo", kargo).build();
        return event.toBuilder()
                .put("context", context.toBuilder().put("providers", providers).build())
                .build();
    }

    private static JsonObject shown(Mapped mapped) {
        JsonObject.Builder shown = JsonObject.builder();
        switch (mapped) {
            case Mapped.Stopped stopped ->
                shown.put("reason", stopped.reason().code()).put("detail", stopped.detail());
            case Mapped.Deliver deliver -> {
                JsonObject.Builder body = JsonObject.builder();
                ((JsonObject) deliver.request().body()).forEach(entry -> {
                    if (!entry.getKey().equals("partner_id")) {
                        body.put(entry.getKey(), without(entry.getValue(), "lex_id"));
                    }
                });
                shown.put("body", body.build());
            }
        }
        List<Json> notices = mapped.notices().stream()
                .<Json>map(notice -> Json.of(notice.path() + ": " + notice.detail()))
                .toList();
        return notices.isEmpty()
                ? shown.build()
                : shown.put("notices", new Json.Arr(notices)).build();
    }

    private static Json without(Json value, String key) {
        if (!(value instanceof JsonObject object)) {
            return value;
        }
        JsonObject.Builder left = JsonObject.builder();
        object.forEach(entry -> {
            if (!entry.getKey().equals(key)) {
                left.put(entry.getKey(), entry.getValue());
            }
        });
        return left.build();
    }
}
