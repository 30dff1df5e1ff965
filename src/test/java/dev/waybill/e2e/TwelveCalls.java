package dev.waybill.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The twelve events that the Kargo kit knows: for each what a site calls, and the body that Kargo has to get.
/// They stand in `e2e/twelve-calls.json`.
record TwelveCalls(List<Expected> calls) {
    /// What the site's page and its ID sync put on every event.
    static final Map<String, Object> CONTEXT = Map.of(
            "providers", Map.of("kargo", Map.of("puid", Orders.PUID)),
            "page", Map.of("url", "https://shop.example/p/1", "referrer", "https://news.example/article"));

    /// @param name of a track or a page, else null
    /// @param values the properties or traits
    record Expected(String type, @Nullable String name, Map<String, Object> values, JsonObject body) {
        /// The name of a call that has to have one.
        String named() {
            return Objects.requireNonNull(name);
        }
    }

    static TwelveCalls read() {
        try (InputStream in = TwelveCalls.class.getResourceAsStream("/e2e/twelve-calls.json")) {
            Json.Arr calls = (Json.Arr) JsonText.read(Objects.requireNonNull(in).readAllBytes());
            return new TwelveCalls(calls.items().stream()
                    .map(each -> expected((JsonObject) each))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Expected expected(JsonObject row) {
        JsonObject call = Objects.requireNonNull(row.object("call"));
        String type = Objects.requireNonNull(call.text("type"));
        String name = type.equals("track") ? call.text("event") : call.text("name");
        JsonObject values = Objects.requireNonNull(call.object(type.equals("identify") ? "traits" : "properties"));
        return new Expected(type, name, map(values), Objects.requireNonNull(row.object("body")));
    }

    private static Map<String, Object> map(JsonObject object) {
        Map<String, Object> map = new LinkedHashMap<>();
        object.forEach(entry -> map.put(entry.getKey(), plain(entry.getValue())));
        return map;
    }

    /// The value as a Java program would hold it.
    private static Object plain(Json value) {
        return switch (value) {
            case Json.Str(String text) -> text;
            case Json.Num(String literal) -> new BigDecimal(literal);
            case Json.Bool bool -> bool == Json.Bool.TRUE;
            case Json.Null _ -> throw new IllegalArgumentException("no null in the calls");
            case Json.Arr(List<Json> items) ->
                items.stream().map(TwelveCalls::plain).toList();
            case JsonObject object -> map(object);
        };
    }

    /// The sandbox comes to hold exactly the mapped payloads, each accepted by its rules.
    void arriveAt(SandboxProcess sandbox) {
        Eventually.value(
                "twelve requests at the sandbox",
                Duration.ofSeconds(20),
                () -> sandbox.received().size(),
                size -> size >= calls.size());
        assertThat(sandbox.received())
                .allSatisfy(each -> assertThat(each.status()).isEqualTo(200));
        assertThat(sandbox.accepted())
                .containsExactlyInAnyOrderElementsOf(
                        calls.stream().map(Expected::body).toList());
    }
}
