package dev.waybill.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.event.Event;
import dev.waybill.event.EventType;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CelConditionTest {
    private static final String EVENT = "{\"event\":\"Order Completed\",\"properties\":{\"total\":30.5,\"count\":3,"
            + "\"test\":true,\"nothing\":null,\"big\":12345678901234567890,\"email\":\"a@example.com\","
            + "\"products\":[{\"sku\":\"A\"},{\"sku\":\"B\"}],\"odd key\":1}}";

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
                "event.properties.email.matches('(') ; false",
            })
    void a_condition_holds_or_not(String condition, boolean holds) {
        assertThat(CelCondition.compile(condition).holds(event())).isEqualTo(holds);
    }

    @Test
    void a_condition_that_would_run_for_ages_is_given_up() {
        String list = "[1,2,3,4,5,6,7,8,9,10,11,12]";
        String condition = list + ".all(a, " + list + ".all(b, " + list + ".all(c, " + list + ".all(d, " + list
                + ".all(e, " + list + ".all(f, " + list + ".all(g, a + b + c + d + e + f + g > 0)))))))";
        CelCondition endless = CelCondition.compile(condition);
        long start = System.nanoTime();

        assertThat(endless.holds(event())).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    private static Event event() {
        return new Event(EventType.TRACK, "m-1", 0, false, null, (JsonObject) JsonText.read(EVENT));
    }
}
