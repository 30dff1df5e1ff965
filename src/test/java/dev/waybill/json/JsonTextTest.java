package dev.waybill.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTextTest {
    @Test
    void what_can_be_read_can_be_written_also_inside_of_a_request_a_batch_and_an_answer() {
        for (String open : List.of("[", "{\"a\":")) {
            String close = open.equals("[") ? "]" : "}";
            String text = open.repeat(JsonText.HARD_DEPTH) + "1" + close.repeat(JsonText.HARD_DEPTH);
            Json wrapped = JsonText.read(text);
            for (int i = 0; i < 10; i++) {
                wrapped = JsonObject.builder()
                        .put("data", new Json.Arr(List.of(wrapped)))
                        .build();
            }

            assertThat(JsonText.write(wrapped)).isEqualTo("{\"data\":[".repeat(10) + text + "]}".repeat(10));
        }
    }
}
