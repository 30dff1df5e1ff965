package dev.waybill.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KargoRulesTest {
    private static final String GOOD = """
            {"partner_id":"p-1","client_referer":"https://a.example/","page_url":"https://b.example/","event":"page",\
            "params":{"lex_id":"8f14e45f-ceea-467f-a0e6-0f0f0f0f0f0f","total":30.5,"tags":["a"],"gift":null}}""";

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of("{", "the body is not JSON: line 1"),
                Arguments.of("", "the body is not JSON: line 1"),
                Arguments.of(GOOD + "x", "the body is not JSON: line 1"),
                Arguments.of("[]", "the body is JSON of the wrong kind (array); send one object"),
                Arguments.of(without("partner_id"), "partner_id is missing; send a non-empty string"),
                Arguments.of(with("partner_id", "\"\""), "partner_id is blank; send a non-empty string"),
                Arguments.of(
                        with("partner_id", "7"), "partner_id is of the wrong kind (number); send a non-empty string"),
                Arguments.of(without("event"), "event is missing; send a non-empty string"),
                Arguments.of(with("event", "null"), "event is of the wrong kind (null); send a non-empty string"),
                Arguments.of(with("event", text(101)), "event has 101 characters; at most 100 are allowed"),
                Arguments.of(without("params"), "params is missing; send an object with lex_id"),
                Arguments.of(with("params", "[]"), "params is of the wrong kind (array); send an object with lex_id"),
                Arguments.of(params(""), "params.lex_id is missing; send a non-empty string"),
                Arguments.of(params("\"lex_id\":\" \""), "params.lex_id is blank; send a non-empty string"),
                Arguments.of(
                        params("\"lex_id\":{}"),
                        "params.lex_id is of the wrong kind (object); send a non-empty string"),
                Arguments.of(
                        params("\"lex_id\":" + text(301)), "params.lex_id has 301 characters; at most 300 are allowed"),
                Arguments.of(
                        params("\"lex_id\":\"l\"," + keys(20)),
                        "params has 21 keys; at most 20 are allowed, lex_id among them"),
                Arguments.of(
                        params("\"lex_id\":\"l\"," + text(101) + ":1"),
                        "the key params." + "k".repeat(100) + "… has 101 characters; at most 100 are allowed"),
                Arguments.of(
                        params("\"lex_id\":\"l\",\"d\":" + text(301)),
                        "params.d has 301 characters; at most 300 are allowed"),
                Arguments.of(
                        params("\"lex_id\":\"l\",\"d\":[" + text(300) + "]"),
                        "params.d has 304 characters; at most 300 are allowed"),
                Arguments.of(
                        with("client_referer", "null"),
                        "client_referer is of the wrong kind (null); send a string or leave it out"),
                Arguments.of(
                        with("page_url", "1"), "page_url is of the wrong kind (number); send a string or leave it out"),
                Arguments.of(
                        with("timestamp", "1"),
                        "timestamp is no key of the payload; it has partner_id, client_referer, page_url, event and"
                                + " params"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void a_body_that_breaks_a_rule_is_told_so(String body, String error) {
        assertThat(brokenBy(body)).singleElement().asString().startsWith(error);
    }

    @Test
    void a_good_body_breaks_none() {
        assertThat(brokenBy(GOOD)).isEmpty();
        assertThat(brokenBy(without("client_referer"))).isEmpty();
        assertThat(brokenBy(without("page_url"))).isEmpty();
    }

    @Test
    void the_limits_themselves_are_allowed_and_characters_are_code_points() {
        String body = """
                {"partner_id":"p","event":%s,"params":{"lex_id":"l",%s,%s:"%s"}}""".formatted(text(100), keys(18), text(100), "\uD83D\uDE00".repeat(300));

        assertThat(brokenBy(body)).isEmpty();
    }

    @Test
    void a_value_that_is_no_string_is_measured_as_compact_json() {
        String spaced = "[" + " ".repeat(400) + "1]";

        assertThat(brokenBy(params("\"lex_id\":\"l\",\"d\":" + spaced))).isEmpty();
    }

    @Test
    void all_errors_are_told_at_once() {
        assertThat(brokenBy("{\"event\":1,\"params\":{}}"))
                .containsExactly(
                        "partner_id is missing; send a non-empty string",
                        "event is of the wrong kind (number); send a non-empty string",
                        "params.lex_id is missing; send a non-empty string");
    }

    @Test
    void the_list_of_errors_is_bounded() {
        String body =
                IntStream.range(0, 1000).mapToObj(i -> "\"k" + i + "\":1").collect(Collectors.joining(",", "{", "}"));

        assertThat(brokenBy(body)).hasSize(51).last().isEqualTo("and 953 more");
    }

    private static List<String> brokenBy(String body) {
        return KargoRules.brokenBy(body.getBytes(UTF_8));
    }

    private static String without(String key) {
        JsonObject.Builder rest = JsonObject.builder();
        for (Map.Entry<String, Json> entry : good()) {
            if (!entry.getKey().equals(key)) {
                rest.put(entry.getKey(), entry.getValue());
            }
        }
        return JsonText.write(rest.build());
    }

    private static String with(String key, String json) {
        return JsonText.write(good().toBuilder().put(key, JsonText.read(json)).build());
    }

    private static JsonObject good() {
        return (JsonObject) JsonText.read(GOOD);
    }

    private static String params(String inside) {
        return with("params", "{" + inside + "}");
    }

    private static String text(int characters) {
        return '"' + "k".repeat(characters) + '"';
    }

    private static String keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"p" + i + "\":" + i).collect(Collectors.joining(","));
    }
}
