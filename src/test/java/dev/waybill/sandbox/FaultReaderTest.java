package dev.waybill.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultReaderTest {
    @Test
    void an_empty_object_heals() {
        assertThat(read("{}")).isEqualTo(Fault.NONE);
    }

    @Test
    void null_stands_for_the_default() {
        String all = """
                {"status":null,"share":null,"delayMs":null,"retryAfterSeconds":null,"hang":null,"reset":null,"for":null}""";

        assertThat(read(all)).isEqualTo(Fault.NONE);
    }

    @Test
    void every_key_is_taken() {
        String all = """
                {"status":429,"share":0.25,"delayMs":50,"retryAfterSeconds":2,"hang":false,"reset":true,"for":"id"}""";

        assertThat(read(all)).isEqualTo(new Fault(429, 0.25, 50, 2L, false, true, Fault.Target.ID));
    }

    @Test
    void what_is_read_is_written_back() {
        String all = """
                {"status":503,"share":1.0,"delayMs":0,"retryAfterSeconds":null,"hang":true,"reset":false,"for":"events"}""";

        assertThat(JsonText.write(read(all).toJson())).isEqualTo(all);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]|the body is of the wrong kind (array); send an object, {} heals",
                "{\"stauts\":1}|stauts is no key of a fault; it has status, share, delayMs, retryAfterSeconds, hang,"
                        + " reset and for",
                "{\"status\":199}|status is 199; send a number from 200 to 599",
                "{\"status\":200.5}|status is 200.5; send a whole number",
                "{\"status\":\"503\"}|status is of the wrong kind (string); send a number from 200 to 599",
                "{\"share\":1.01}|share is 1.01; send a number from 0 to 1",
                "{\"share\":-0.1}|share is -0.1; send a number from 0 to 1",
                "{\"delayMs\":300001}|delayMs is 300001; send a number from 0 to 300000",
                "{\"status\":429,\"retryAfterSeconds\":86401}|retryAfterSeconds is 86401; send a number from 0 to 86400",
                "{\"retryAfterSeconds\":5}|retryAfterSeconds needs a status to go with, such as 429 or 503",
                "{\"hang\":1}|hang is of the wrong kind (number); send true or false",
                "{\"hang\":true,\"reset\":true}|hang and reset exclude each other; choose one",
                "{\"for\":\"ids\"}|for is \"ids\"; send \"events\", \"id\" or \"both\"",
            })
    void what_is_odd_is_told(String json, String problem) {
        List<String> problems = new ArrayList<>();
        FaultReader.read(JsonText.read(json), problems);

        assertThat(problems).containsExactly(problem);
    }

    private static Fault read(String json) {
        List<String> problems = new ArrayList<>();
        Fault fault = FaultReader.read(JsonText.read(json), problems);
        assertThat(problems).isEmpty();
        return fault;
    }
}
