package dev.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The fields that events really have.
class FieldsTest {
    private static TestServer server;

    @BeforeAll
    static void some_events(@TempDir Path directory) throws Exception {
        server = new TestServer(directory);
        server.track("m-1", "Order Completed", "jane@example.com", "{\"total\":30.5,\"coupon\":null,\"odd.key\":1}");
        server.track("m-2", "order_completed", "u-2", "{\"total\":\"31\",\"email\":\"jane@example.com\"}");
        server.track(
                "m-3",
                "Order-Completed",
                "u-3",
                "{\"products\":[{\"sku\":\"s-1\"},{\"sku\":2,\"qty\":1}],\"tags\":[\"a\"]}");
        server.track("m-4", "Order Completed", "u-4", "{}");
        server.track("m-5", "Page Seen", "u-5", "{\"other\":true}");
        String many = IntStream.range(0, 1_200)
                .mapToObj(i -> "\"k" + i + "\":\"<b>\"")
                .collect(Collectors.joining(",", "{", "}"));
        server.track("m-6", "Many", "u-6", many);
        server.awaitDrained(6);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static Map<String, JsonObject> fields(TestServer.Answer answer) {
        Map<String, JsonObject> fields = new LinkedHashMap<>();
        answer.list("fields").forEach(field -> fields.put(String.valueOf(field.text("path")), field));
        return fields;
    }

    private static String share(@Nullable JsonObject given) {
        JsonObject field = Objects.requireNonNull(given);
        return JsonText.write(Objects.requireNonNull(field.get("share"))) + " "
                + JsonText.write(Objects.requireNonNull(field.get("types")));
    }

    @Test
    void each_path_tells_how_many_events_have_it_its_types_and_a_masked_example() throws Exception {
        TestServer.Answer answer = server.get("/api/events/fields?pipeline=web&event=Order+Completed")
                .mustBe(200);
        Map<String, JsonObject> fields = fields(answer);
        assertThat(answer.number("sampled")).isEqualTo(4);
        assertThat(share(fields.get("properties.total"))).isEqualTo("0.5 [\"number\",\"string\"]");
        assertThat(Objects.requireNonNull(fields.get("properties.total")).text("example"))
                .isEqualTo("31");
        assertThat(share(fields.get("properties"))).isEqualTo("1 [\"object\"]");
        assertThat(share(fields.get("properties.products"))).isEqualTo("0.25 [\"array\"]");
        assertThat(share(fields.get("properties.products[*].sku"))).isEqualTo("0.25 [\"number\",\"string\"]");
        assertThat(share(fields.get("properties.tags[*]"))).isEqualTo("0.25 [\"string\"]");
        assertThat(fields).containsKeys("properties['odd.key']", "context.providers.kargo.puid", "userId");
        assertThat(fields).doesNotContainKeys("properties.coupon", "properties.other", "receivedAt");
        assertThat(answer.body()).doesNotContain("jane@example.com", "11111111-2222-3333-4444-555555555555");
    }

    @Test
    void a_sample_is_of_the_newest_and_paths_are_bounded() throws Exception {
        TestServer.Answer newest = server.get("/api/events/fields?sample=2").mustBe(200);
        assertThat(newest.number("sampled")).isEqualTo(2);
        assertThat(newest.list("fields")).hasSize(SeenFields.MAX_PATHS);
        assertThat(newest.number("unlisted")).isPositive();
        assertThat(server.get("/api/events/fields?event=nobody").mustBe(200).body())
                .isEqualTo("{\"sampled\":0,\"scanned\":6,\"fields\":[],\"unlisted\":0}");
    }

    @Test
    void a_wrong_parameter_is_refused() throws Exception {
        assertThat(server.get("/api/events/fields?sample=2001&pipeline=wob")
                        .mustBe(400)
                        .json()
                        .text("detail"))
                .contains("pipeline is 'wob'; allowed: web. Did you mean 'web'?", "a whole number from 1 to 2000");
    }
}
