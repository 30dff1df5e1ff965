package dev.waybill.collect;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.event.EventType;
import dev.waybill.outcome.InvalidReason;
import java.nio.charset.Charset;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventShapeTest {
    private static final int BYTES = 1000;
    private static final int DEPTH = 8;

    @Test
    void an_event_with_all_ids_is_valid() {
        assertThat(shape("""
                {"type":"track","event":"Order Completed","messageId":"m","userId":"u","anonymousId":"a",
                 "groupId":"g","previousId":"p","context":{},"properties":{"a":[{}]},"traits":{},"writeKey":"w"}""", null)).isEqualTo(new EventShape.Valid(EventType.TRACK, "m", "u", "a", "w"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"track", "page", "screen", "identify", "group", "alias"})
    void the_six_types_are_known(String type) {
        assertThat(shape("{\"type\":\"%s\",\"event\":\"e\"}".formatted(type), null))
                .isEqualTo(new EventShape.Valid(EventType.of(type).orElseThrow(), null, null, null, null));
    }

    @Test
    void the_route_decides_the_type_whatever_the_event_says() {
        assertThat(shape("{\"type\":\"track\"}", EventType.PAGE))
                .isEqualTo(new EventShape.Valid(EventType.PAGE, null, null, null, null));
    }

    @Test
    void null_and_empty_ids_count_as_absent() {
        assertThat(shape("""
                {"messageId":"","userId":null,"anonymousId":"","context":null,"properties":null,"traits":null}""", EventType.PAGE)).isEqualTo(new EventShape.Valid(EventType.PAGE, null, null, null, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "context    | [] | context is an array; allowed: an object, null or nothing",
                "context    | \"x\" | context is a string; allowed: an object, null or nothing",
                "properties | 1 | properties is a number; allowed: an object, null or nothing",
                "properties | 1.5 | properties is a number; allowed: an object, null or nothing",
                "traits     | true | traits is a boolean; allowed: an object, null or nothing",
                "userId     | 7 | userId is a number; allowed: a string, null or nothing",
                "anonymousId | {} | anonymousId is an object; allowed: a string, null or nothing",
                "messageId  | [1] | messageId is an array; allowed: a string, null or nothing",
                "groupId    | false | groupId is a boolean; allowed: a string, null or nothing",
                "previousId | 0 | previousId is a number; allowed: a string, null or nothing",
            })
    void a_known_field_of_the_wrong_type_is_named(String field, String value, String detail) {
        assertThat(shape("{\"%s\":%s}".formatted(field, value), EventType.IDENTIFY))
                .isEqualTo(new EventShape.Invalid(InvalidReason.WRONG_TYPE, detail));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | event is absent; a track call needs its name, a non-empty string",
                "{\"event\":null} | event is absent; a track call needs its name, a non-empty string",
                "{\"event\":\" \"} | event is blank; a track call needs its name, a non-empty string",
                "{\"event\":5} | event is a number; a track call needs its name, a non-empty string",
                "{\"event\":\"a\",\"event\":{}} | event is an object; a track call needs its name, a non-empty string",
            })
    void a_track_call_needs_its_event(String json, String detail) {
        assertThat(shape(json, EventType.TRACK)).isEqualTo(new EventShape.Invalid(InvalidReason.MISSING_FIELD, detail));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | type is absent; allowed: track, page, screen, identify, group, alias",
                "{\"type\":\"Track\"} | type is \"Track\"; allowed: track, page, screen, identify, group, alias",
                "{\"type\":\"a very long one\"} | type is \"a very l…\"; allowed: track, page, screen, identify, group, alias",
                "{\"type\":[]} | type is an array; allowed: track, page, screen, identify, group, alias",
            })
    void a_type_outside_the_spec_is_named(String json, String detail) {
        assertThat(shape(json, null)).isEqualTo(new EventShape.Invalid(InvalidReason.UNKNOWN_TYPE, detail));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"[] | an array", "\"x\" | a string", "1 | a number", "null | null", "true | a boolean"})
    void anything_but_an_object_is_no_event(String json, String kind) {
        assertThat(shape(json, EventType.PAGE))
                .isEqualTo(new EventShape.Invalid(
                        InvalidReason.NOT_AN_OBJECT, "the event is %s; an object was expected".formatted(kind)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\":}",
                "{\"a\":1,}",
                "{} {}",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "[",
                "nul"
            })
    void text_that_is_no_json_is_refused(String json) {
        assertThat(reason(json.getBytes(UTF_8))).isEqualTo(InvalidReason.INVALID_JSON);
    }

    @Test
    void the_place_of_a_json_error_is_told() {
        assertThat(shape("{\"a\":1,\n \"b\":}", EventType.PAGE).toString()).contains("line 2, column ");
    }

    @Test
    void only_utf8_without_a_mark_is_read() {
        for (Charset charset : new Charset[] {UTF_16BE, UTF_16LE, Charset.forName("UTF-32")}) {
            assertThat(reason("{\"a\":1}".getBytes(charset))).isEqualTo(InvalidReason.INVALID_JSON);
        }
        assertThat(reason("\uFEFF{}".getBytes(UTF_8))).isEqualTo(InvalidReason.INVALID_JSON);
        assertThat(reason(new byte[] {'{', '"', (byte) 0xC0, (byte) 0x80, '"', ':', '1', '}'}))
                .isEqualTo(InvalidReason.INVALID_JSON);
        assertThat(reason("{\"ä\":\"€😀\"}".getBytes(UTF_8))).isNull();
    }

    @Test
    void depth_is_counted_from_the_event_itself() {
        assertThat(reason(nested(DEPTH).getBytes(UTF_8))).isNull();
        assertThat(shape(nested(DEPTH + 1), EventType.PAGE))
                .isEqualTo(new EventShape.Invalid(
                        InvalidReason.TOO_DEEP, "objects and arrays are nested 9 deep, 8 are allowed"));
    }

    @Test
    void bottomless_nesting_is_refused_before_it_costs_anything() {
        byte[] event = ("{\"a\":" + "[".repeat(5000)).getBytes(UTF_8);

        assertThat(EventShape.of(event, EventType.PAGE, 10_000, DEPTH))
                .isEqualTo(new EventShape.Invalid(
                        InvalidReason.TOO_DEEP, "objects and arrays are nested more than 8 deep"));
    }

    @Test
    void an_event_over_the_limit_is_too_large() {
        String json = "{\"a\":\"%s\"}".formatted("x".repeat(BYTES - 8));

        assertThat(reason(json.getBytes(UTF_8))).isNull();
        assertThat(shape(json + " ", EventType.PAGE))
                .isEqualTo(
                        new EventShape.Invalid(InvalidReason.TOO_LARGE, "the event is 1001 bytes, 1000 are allowed"));
    }

    @Test
    void the_last_of_repeated_keys_wins() {
        assertThat(shape("{\"userId\":5,\"userId\":\"u\",\"messageId\":\"m\",\"messageId\":null}", EventType.PAGE))
                .isEqualTo(new EventShape.Valid(EventType.PAGE, null, "u", null, null));
    }

    @Test
    void huge_numbers_and_lone_surrogates_are_valid() {
        assertThat(reason(("{\"n\":1" + "0".repeat(500) + ",\"s\":\"\\ud800\"}").getBytes(UTF_8)))
                .isNull();
    }

    @Test
    void no_mutation_of_an_event_makes_it_throw() {
        byte[] event = "{\"type\":\"track\",\"event\":\"é\",\"properties\":{\"a\":[1,2.5e3,null,true,\"\\u00e9\"]}}"
                .getBytes(UTF_8);
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] mutated = event.clone();
            for (int n = random.nextInt(1, 4); n > 0; n--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
            }
            assertThat(EventShape.of(mutated, null, BYTES, DEPTH))
                    .as("seed %d, round %d", seed, i)
                    .isNotNull();
        }
    }

    private static String nested(int depth) {
        return "{\"a\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
    }

    private static EventShape shape(String json, @Nullable EventType route) {
        return EventShape.of(json.getBytes(UTF_8), route, BYTES, DEPTH);
    }

    private static @Nullable InvalidReason reason(byte[] json) {
        return EventShape.of(json, EventType.PAGE, BYTES, DEPTH) instanceof EventShape.Invalid invalid
                ? invalid.reason()
                : null;
    }
}
