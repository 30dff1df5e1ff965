package dev.waybill.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.json.Json;
import dev.waybill.playbook.Output.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class OutputTest {
    @Test
    void a_boolean_may_be_a_text_in_any_letter_case() {
        assertThat(Kind.BOOLEAN.fit(Json.of(" True "))).isEqualTo(Json.Bool.TRUE);
        assertThat(Kind.BOOLEAN.fit(Json.of("FALSE"))).isEqualTo(Json.Bool.FALSE);
        assertThat(Kind.BOOLEAN.fit(Json.of("falsey"))).isNull();
        assertThat(Kind.BOOLEAN.fit(Json.of(1))).isNull();
    }

    @Test
    void a_text_of_sigmas_is_no_boolean_and_takes_no_time() {
        Json hostile = Json.of("Σ".repeat(32_000));

        Assertions.assertTimeout(Duration.ofSeconds(2), () -> Kind.BOOLEAN.fit(hostile));
        assertThat(Kind.BOOLEAN.fit(hostile)).isNull();
    }
}
