package dev.waybill.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictRulesTest {
    @ParameterizedTest
    @CsvSource({
        "200, DELIVERED",
        "201, DELIVERED",
        "202, DELIVERED",
        "204, DELIVERED",
        "299, DELIVERED",
        "301, SETUP",
        "302, SETUP",
        "304, SETUP",
        "307, SETUP",
        "308, SETUP",
        "400, REJECTED",
        "401, SETUP",
        "402, REJECTED",
        "403, SETUP",
        "404, SETUP",
        "405, SETUP",
        "406, REJECTED",
        "408, RETRY",
        "409, REJECTED",
        "410, SETUP",
        "411, REJECTED",
        "413, REJECTED",
        "415, REJECTED",
        "422, REJECTED",
        "423, RETRY",
        "424, REJECTED",
        "425, RETRY",
        "426, REJECTED",
        "429, RETRY",
        "431, REJECTED",
        "451, REJECTED",
        "499, REJECTED",
        "500, RETRY",
        "501, REJECTED",
        "502, RETRY",
        "503, RETRY",
        "504, RETRY",
        "520, RETRY",
        "599, RETRY",
        "100, RETRY",
        "199, RETRY",
        "0, RETRY",
        "-1, RETRY",
        "600, RETRY",
        "999, RETRY",
    })
    void an_answer_means_what_the_kit_says(int status, Verdict verdict) {
        assertThat(Kits.kargo().judge(new Answer(status, Map.of(), "anything"))).isEqualTo(verdict);
    }
}
