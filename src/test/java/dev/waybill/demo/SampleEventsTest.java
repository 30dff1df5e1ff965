package dev.waybill.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.demo.SampleEvents.Sample;
import dev.waybill.demo.SampleEvents.Visitor;
import dev.waybill.event.EventName;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonPath;
import dev.waybill.json.JsonText;
import dev.waybill.sandbox.AllowedOrigins;
import dev.waybill.sandbox.Sandbox;
import dev.waybill.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SampleEventsTest {
    private static final Visitor VISITOR =
            new Visitor("1f0e3dad-9990-4345-b743-9f8ffabdffc4", "8f14e45f-ceea-467f-a0e6-0f0f0f0f0f0f");
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    private final List<Sample> samples = SampleEvents.load().all();

    @Test
    void the_first_twelve_are_the_kit_s_events() {
        assertThat(samples.subList(0, 12).stream().map(SampleEventsTest::outputName))
                .containsExactlyInAnyOrder(
                        "identify",
                        "page",
                        "products_searched",
                        "product_list_viewed",
                        "product_clicked",
                        "product_viewed",
                        "product_added",
                        "product_removed",
                        "cart_viewed",
                        "checkout_started",
                        "payment_info_entered",
                        "order_completed");
    }

    @Test
    void some_are_there_to_be_filtered() {
        assertThat(samples.stream().filter(sample -> !sample.identified())).hasSize(1);
        assertThat(samples.stream().map(SampleEventsTest::outputName)).contains("video_played");
    }

    @Test
    void an_event_carries_its_visitor() {
        JsonObject event = samples.get(1).sentBy(VISITOR, "m-1", NOW);

        assertThat(event.text("messageId")).isEqualTo("m-1");
        assertThat(event.text("anonymousId")).isEqualTo(VISITOR.anonymousId());
        assertThat(event.text("sentAt")).isEqualTo("2026-11-23T10:00:00Z");
        assertThat(JsonPath.parse("context.providers.kargo.puid").in(event)).isEqualTo(Json.of(VISITOR.puid()));
        assertThat(JsonPath.parse("context.page.url").in(event)).isEqualTo(Json.of("https://shop.example.com/"));
        assertThat(event.get("identified")).isNull();
    }

    @Test
    void an_event_without_identity_has_none() {
        Sample anonymous = samples.stream()
                .filter(sample -> !sample.identified())
                .findFirst()
                .orElseThrow();

        assertThat(JsonPath.parse("context.providers").in(anonymous.sentBy(VISITOR, "m-1", NOW)))
                .isNull();
    }

    @Test
    void the_first_twelve_mapped_as_documented_pass_every_rule() throws IOException, InterruptedException {
        try (Sandbox sandbox = Sandbox.start("127.0.0.1", 0, SandboxOptions.of(AllowedOrigins.of(List.of()), 100));
                HttpClient client = HttpClient.newHttpClient()) {
            for (Sample sample : samples.subList(0, 12)) {
                HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.url() + "/events"))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(JsonText.bytes(mapped(sample))))
                        .build();
                assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()))
                        .satisfies(answer -> assertThat(answer.body()).isEqualTo("{\"ok\":true}"));
            }
        }
    }

    /// The documented table by hand, so that the samples are judged without the kit.
    private static JsonObject mapped(Sample sample) {
        JsonObject.Builder params = JsonObject.builder();
        JsonObject given = sample.body().object(sample.type().equals("identify") ? "traits" : "properties");
        for (Map.Entry<String, Json> entry : Objects.requireNonNull(given)) {
            params.put(entry.getKey(), entry.getValue());
        }
        return JsonObject.builder()
                .put("partner_id", "p-1")
                .put("event", outputName(sample))
                .put("params", params.put("lex_id", VISITOR.puid()).build())
                .build();
    }

    private static String outputName(Sample sample) {
        String event = sample.body().text("event");
        return event == null ? sample.type() : EventName.normalise(event);
    }
}
