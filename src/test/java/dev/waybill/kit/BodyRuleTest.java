package dev.waybill.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.config.Problems;
import dev.waybill.config.Section;
import dev.waybill.config.YamlFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Verdicts by what an answer's body says.
class BodyRuleTest {
    private static final VerdictRules RULES = rules("""
            retry: [409]
            body:
              - {path: status, equals: error, means: rejected, status: 2xx}
              - {path: error.code, equals: 17, means: retry}
              - {path: ok, equals: false, means: setup}
              - {path: duplicate, exists: true, means: delivered, status: 409}
            """);

    private static VerdictRules rules(String yaml) {
        Problems problems = new Problems();
        Section section = Section.of(YamlFile.read("kit.yaml", yaml, problems).orElseThrow(), problems);
        VerdictRules rules = new VerdictReader(new KitValues(List.of(), problems), problems).read(section);
        assertThat(problems.sorted()).isEmpty();
        return rules;
    }

    private static Verdict verdict(int status, String body) {
        return RULES.judge(new Answer(status, Map.of(), body));
    }

    @Test
    void the_first_rule_that_fits_wins_before_the_status() {
        assertThat(verdict(200, "{\"status\":\"error\"}")).isEqualTo(Verdict.REJECTED);
        assertThat(verdict(200, "{\"ok\":false,\"status\":\"error\"}")).isEqualTo(Verdict.REJECTED);
        assertThat(verdict(204, "{\"error\":{\"code\":17}}")).isEqualTo(Verdict.RETRY);
        assertThat(verdict(200, "{\"a\":[{\"ok\":true}],\"ok\":false}")).isEqualTo(Verdict.SETUP);
        assertThat(verdict(409, "{\"duplicate\":{}}")).isEqualTo(Verdict.DELIVERED);
    }

    @Test
    void without_a_rule_that_fits_the_status_decides() {
        assertThat(verdict(200, "{\"status\":\"ok\"}")).isEqualTo(Verdict.DELIVERED);
        assertThat(verdict(400, "{\"status\":\"error\"}")).isEqualTo(Verdict.REJECTED);
        assertThat(verdict(200, "{\"error\":{\"code\":\"17\"}}")).isEqualTo(Verdict.DELIVERED);
        assertThat(verdict(200, "{\"error\":{\"code\":170}}")).isEqualTo(Verdict.DELIVERED);
        assertThat(verdict(200, "{\"deep\":{\"status\":\"error\"}}")).isEqualTo(Verdict.DELIVERED);
        assertThat(verdict(409, "{\"duplicate\":null}")).isEqualTo(Verdict.RETRY);
        assertThat(verdict(200, "{\"duplicate\":1}")).isEqualTo(Verdict.DELIVERED);
    }

    @Test
    void a_body_that_is_cut_off_says_what_stands_before_the_cut() {
        assertThat(verdict(200, "{\"status\":\"error\",\"text\":\"it goes on and"))
                .isEqualTo(Verdict.REJECTED);
        assertThat(verdict(200, "{\"status\":\"erro")).isEqualTo(Verdict.DELIVERED);
        assertThat(verdict(200, "{\"error\":{\"code\":17")).isEqualTo(Verdict.DELIVERED);
        assertThat(verdict(200, "{\"error\":{\"code\":17,")).isEqualTo(Verdict.RETRY);
    }

    @Test
    void a_body_that_is_no_json_says_nothing() {
        for (String body : List.of(
                "",
                " ",
                "status: error",
                "[{\"status\":\"error\"}]",
                "\"error\"",
                "{",
                "{]",
                "{\"status\":\"\\ud800\"}",
                "[".repeat(2_048),
                "{\"a\":".repeat(400),
                "<html>")) {
            assertThat(verdict(200, body)).as(body).isEqualTo(Verdict.DELIVERED);
        }
    }

    @Test
    void a_kit_that_says_nothing_of_a_status_has_the_usual_meaning_and_a_class_of_its_own_is_all_its_own() {
        VerdictRules rules = rules("rejected: [4xx]\nretry: [404]\n");

        assertThat(judge(rules, 200)).isEqualTo(Verdict.DELIVERED);
        assertThat(judge(rules, 301)).isEqualTo(Verdict.SETUP);
        assertThat(judge(rules, 401)).isEqualTo(Verdict.REJECTED);
        assertThat(judge(rules, 429)).isEqualTo(Verdict.REJECTED);
        assertThat(judge(rules, 404)).isEqualTo(Verdict.RETRY);
        assertThat(judge(rules, 501)).isEqualTo(Verdict.REJECTED);
        assertThat(judge(rules, 503)).isEqualTo(Verdict.RETRY);
        assertThat(judge(rules("{}"), 401)).isEqualTo(Verdict.SETUP);
        assertThat(judge(rules("{}"), 429)).isEqualTo(Verdict.RETRY);
    }

    private static Verdict judge(VerdictRules rules, int status) {
        return rules.judge(new Answer(status, Map.of(), ""));
    }
}
