package dev.waybill.kit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.event.Event;
import dev.waybill.event.EventType;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Whatever the event, what is sent keeps every documented limit, holds what it must, and is always the same. The
/// checks here know nothing of the mapper's code: they measure the bytes that would go out.
class KargoPropertyTest {
    private static final int EVENTS = 1_500;

    @TestFactory
    Stream<DynamicTest> what_is_sent_never_breaks_a_limit() {
        return Stream.of(
                        Map.<String, String>of(),
                        Map.of("limits.policy", "reject"),
                        Map.of("limits.unit", "utf-8"),
                        Map.of("limits.unit", "utf-16"),
                        Map.of("playbook.default.unmapped", "pass"))
                .map(settings -> DynamicTest.dynamicTest(
                        settings.toString(), () -> hold(settings, new SplittableRandom().nextLong())));
    }

    private static void hold(Map<String, String> settings, long seed) {
        Integration kargo = Kits.kargo(settings);
        OddEvents odd = new OddEvents(new SplittableRandom(seed));
        int sent = 0;
        for (int i = 0; i < EVENTS; i++) {
            byte[] received = odd.next();
            int number = i;
            Supplier<String> what = () -> "seed " + seed + ", event " + number + ": " + new String(received, UTF_8);
            Mapped mapped = kargo.map(event(received, kargo));
            Mapped again = kargo.map(event(received, kargo));
            assertThat(MappedJson.of(again).toString())
                    .as(what)
                    .isEqualTo(MappedJson.of(mapped).toString());
            if (mapped instanceof Mapped.Deliver deliver) {
                sent++;
                check(what, JsonText.bytes(deliver.request().body()), settings);
                if (settings.containsValue("reject")) {
                    assertThat(deliver.notices())
                            .as(what)
                            .noneMatch(notice -> notice.code().code().contains("dropped")
                                    || notice.code().code().contains("truncated"));
                }
            }
        }
        assertThat(sent).as("events sent of seed " + seed).isGreaterThan(EVENTS / 60);
    }

    private static Event event(byte[] received, Integration kargo) {
        JsonObject json = (JsonObject) JsonText.read(received, kargo.wanted());
        JsonObject whole = (JsonObject) JsonText.read(received);
        EventType type = EventType.of(String.valueOf(whole.text("type"))).orElseThrow();
        return new Event(type, "m-1", 0, false, null, json);
    }

    private static void check(Supplier<String> what, byte[] body, Map<String, String> settings) {
        String unit = settings.getOrDefault("limits.unit", "code-points");
        JsonObject sent = (JsonObject) JsonText.read(body);
        assertThat(sent.text("partner_id")).as(what).isEqualTo("p-1");
        assertThat(sent.text("event")).as(what).isNotBlank();
        assertThat(length(String.valueOf(sent.text("event")), unit)).as(what).isLessThanOrEqualTo(100);
        for (int i = 0; i < sent.size(); i++) {
            assertThat(List.of("partner_id", "client_referer", "page_url", "event", "params"))
                    .as(what)
                    .contains(sent.name(i));
        }
        JsonObject params = Objects.requireNonNull(sent.object("params"), what);
        assertThat(params.text("lex_id")).as(what).isNotBlank();
        assertThat(params.size()).as(what).isLessThanOrEqualTo(20);
        for (int i = 0; i < params.size(); i++) {
            Json value = params.value(i);
            String measured = value instanceof Json.Str(String text) ? text : JsonText.write(value);
            assertThat(value).as(what).isNotEqualTo(Json.Null.INSTANCE);
            assertThat(length(params.name(i), unit)).as(what).isLessThanOrEqualTo(100);
            assertThat(length(measured, unit)).as(what).isLessThanOrEqualTo(300);
        }
    }

    private static int length(String text, String unit) {
        return switch (unit) {
            case "utf-8" -> text.getBytes(UTF_8).length;
            case "utf-16" -> text.length();
            default -> text.codePointCount(0, text.length());
        };
    }
}
