package dev.waybill.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {
    private static final String EVENT =
            "{\"type\":\"track\",\"event\":\"Order Completed\",\"properties\":{\"total\":30.5,\"count\":3,"
                    + "\"test\":true,\"nothing\":null,\"big\":12345678901234567890,\"email\":\"a@example.com\","
                    + "\"products\":[{\"sku\":\"A\"},{\"sku\":\"B\"}],\"odd key\":1}}";

    private final List<String> why = new ArrayList<>();

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "event.properties.test ; true",
                "event.properties.test == true ; true",
                "event.type == 'track' ; true",
                "event.properties.total > 30 ; true",
                "event.properties.count == 3 ; true",
                "event.properties.count >= 2.5 ; true",
                "event.properties.big > 1 ; true",
                "event.properties.nothing == null ; true",
                "event.properties['odd key'] == 1 ; true",
                "event.properties.products.exists(p, p.sku == 'B') ; true",
                "event.properties.email.endsWith('@example.com') ; true",
                "event.properties.email.matches('^[a-z]@') ; true",
                "has(event.userId) ; false",
                "event.userId == 'x' ; false",
                "event.userId != 'x' ; false",
                "!(event.userId == 'x') ; false",
                "event.userId == 'x' || event.properties.count == 3 ; true",
                "event.properties.total ; false",
                "event.properties.total > 'x' ; false",
                "event.properties.count / 0 == 1 ; false",
            })
    void a_condition_holds_or_not(String condition, boolean holds) {
        assertThat(Expression.condition(condition).holds(event())).isEqualTo(holds);
    }

    @Test
    void loops_end_after_a_thousand_steps() {
        String list = "[" + "1,".repeat(35) + "1]";
        Expression endless = Expression.condition(list + ".all(a, " + list + ".all(b, a + b > 0))");
        long start = System.nanoTime();

        assertThat(endless.holds(event())).isFalse();
        assertThat(endless.value(event(), why::add)).isNull();
        assertThat(why).containsExactly("the expression failed: its loops take more than 1000 steps");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "event.properties.total * 2.0 ; 61 ;",
                "event.properties.total ; 30.5 ;",
                "event.properties.count + 1 ; 4 ;",
                "event.properties.email + '!' ; \"a@example.com!\" ;",
                "[event.properties.count, 2.5] ; [3,2.5] ;",
                "{'n': event.properties.count} ; {\"n\":3} ;",
                "event.properties.products.map(p, p.sku) ; [\"A\",\"B\"] ;",
                "event.properties.test ? 'yes' : 'no' ; \"yes\" ;",
                "event.properties.nothing ; - ;",
                "event.properties.absent ; - ;",
                "event.properties.absent + 1 ; - ;",
                "event.properties.email + 1 ; - ; the expression failed: it met a value of another type than it can take",
                "event.properties.count / 0 ; - ; the expression failed: it divides by zero",
                "9223372036854775807 + event.properties.count ; - ; the expression failed: a number is too large",
                "event.properties.products[7] ; - ; the expression failed: an index is outside of its list",
                "1.0 / 0.0 ; - ; the expression gave a value that JSON can't hold",
                "b'bytes' ; - ; the expression gave a value that JSON can't hold",
                "int(event.properties.email) ; - ; the expression failed: a text is not in the form that a conversion needs",
            })
    void an_expression_gives_a_value_or_says_why_not(String expression, String value, @Nullable String reason) {
        Json given = Expression.value(expression).value(event(), why::add);

        assertThat(given == null ? "-" : JsonText.write(given)).isEqualTo(value);
        assertThat(why).isEqualTo(reason == null ? List.of() : List.of(reason));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "event. ; no valid CEL: at 1:7: no viable alternative",
                "nothing.x == 1 ; no valid CEL: at 1:1: undeclared reference to 'nothing'",
                "now() ; no valid CEL: at 1:4: undeclared reference to 'now'",
                "event.a.matches('(') ; '(' is no regex: missing closing )",
                "event.a.matches(event.b) ; the regex of matches must stand in the expression as a text",
                "event.a.matches('((a{100}){100}){10}') ; the regex is too large once its repetitions are written out (102022 steps); allowed: 5000",
                "event.a.matches('(a{90}){90}') ; the regex is too large once its repetitions are written out",
                "[1].all(a, [1].all(b, [1].all(c, true))) ; all, exists, map and filter stand more than 2 deep",
            })
    void what_must_not_run_is_refused_when_it_is_read(String expression, String reason) {
        assertThatThrownBy(() -> Expression.value(expression))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void a_text_over_two_thousand_characters_is_refused() {
        assertThatThrownBy(() -> Expression.condition("true" + " || true".repeat(300)))
                .hasMessage("the expression has 2404 characters; allowed: 2000");
    }

    @Test
    void joined_texts_cannot_grow_without_end() {
        String twice = "[event.properties.email].map(a, " + "a + ".repeat(90) + "a)[0]";
        Expression huge = Expression.value("[" + twice + "].map(b, " + "b + ".repeat(90) + "b)[0]");
        String event = "{\"properties\":{\"email\":\"" + "x".repeat(30_000) + "\"}}";

        assertThat(huge.value(Expression.variables((JsonObject) JsonText.read(event)), why::add))
                .isNull();
        assertThat(why).hasSize(1);
    }

    private static Map<String, ?> event() {
        return Expression.variables((JsonObject) JsonText.read(EVENT));
    }
}
