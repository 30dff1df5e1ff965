package dev.waybill.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.json.JsonDifference.Strictness;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonDifferenceTest {
    private static List<String> between(String left, String right, Strictness strictness) {
        return JsonDifference.between("", JsonText.read(left), JsonText.read(right), strictness).stream()
                .map(found -> "%s %s %s".formatted(found.path(), text(found.left()), text(found.right())))
                .toList();
    }

    private static String text(@Nullable Json value) {
        return value == null ? "-" : JsonText.write(value);
    }

    private static List<String> byValue(String left, String right) {
        return between(left, right, Strictness.BY_VALUE);
    }

    @Test
    void the_order_of_keys_is_no_difference() {
        assertThat(byValue("{\"a\":1,\"b\":{\"c\":[1,2]}}", "{\"b\":{\"c\":[1,2]},\"a\":1}"))
                .isEmpty();
    }

    @Test
    void each_place_is_told_with_its_path() {
        assertThat(byValue(
                        "{\"a\":{\"b\":[1,{\"c\":2}],\"gone\":null},\"odd key\":1}",
                        "{\"a\":{\"b\":[1,{\"c\":3},4]},\"odd key\":true,\"new.one\":\"\"}"))
                .containsExactly(
                        "a.b[1].c 2 3", "a.b[2] - 4", "a.gone null -", "[\"odd key\"] 1 true", "[\"new.one\"] - \"\"");
    }

    @Test
    void numbers_of_one_value_are_equal_only_where_that_is_asked() {
        assertThat(byValue("[30,1e2,0.10,-0]", "[30.0,100,0.1,0]")).isEmpty();
        assertThat(byValue("9007199254740993", "9007199254740992")).hasSize(1);
        assertThat(byValue("1", "\"1\"")).hasSize(1);
        assertThat(between("{\"n\":30}", "{\"n\":30.0}", Strictness.BY_LITERAL)).containsExactly("n 30 30.0");
    }

    @Test
    void numbers_beyond_all_bounds_cost_nothing_and_are_compared_as_text() {
        assertThat(byValue("1e999999999999", "1E999999999999")).hasSize(1);
        assertThat(byValue("1e999999999", "10e999999998")).isEmpty();
        assertThat(byValue("1" + "0".repeat(100_000), "1" + "0".repeat(100_001)))
                .hasSize(1);
    }

    @Test
    void by_literal_an_array_is_one_value() {
        assertThat(between("{\"a\":[1,2]}", "{\"a\":[1,3]}", Strictness.BY_LITERAL))
                .containsExactly("a [1,2] [1,3]");
    }

    @Test
    void pretty_text_reads_back_as_the_same_value_and_keeps_literals() {
        String text = "{\"a\":[],\"b\":{},\"c\":[1.10,{\"d\":\"x\\\"\\u0001\"}],\"e\":null}";

        assertThat(PrettyJson.write(JsonText.read(text))).isEqualTo("""
                {
                  "a": [],
                  "b": {},
                  "c": [
                    1.10,
                    {
                      "d": "x\\"\\u0001"
                    }
                  ],
                  "e": null
                }""");
        assertThat(JsonText.read(PrettyJson.write(JsonText.read(text)))).isEqualTo(JsonText.read(text));
    }
}
