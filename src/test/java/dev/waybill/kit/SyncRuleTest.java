package dev.waybill.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.config.Problem;
import dev.waybill.config.Problems;
import dev.waybill.config.Section;
import dev.waybill.config.YamlFile;
import dev.waybill.kit.BrowserSync.Signal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `sync` of a kit.
class SyncRuleTest {
    private final Problems problems = new Problems();

    private @Nullable SyncRule read(String sync) {
        Section section = Section.of(YamlFile.read("kit.yaml", sync, problems).orElseThrow(), problems);
        return SyncRule.read(section, new KitValues(List.of("SYNC_URL", "REGION"), problems), problems);
    }

    private BrowserSync filled(String sync, Map<String, String> values) {
        SyncRule rule = read(sync);
        assertThat(texts()).isEmpty();
        return Objects.requireNonNull(rule).fill(values);
    }

    private List<String> texts() {
        return problems.sorted().stream().map(Problem::toString).toList();
    }

    @Test
    void what_a_kit_leaves_out_is_as_the_specifications_have_it() {
        BrowserSync sync = filled("url: $$SYNC_URL$$", Map.of("SYNC_URL", "https://crb.example/id"));

        assertThat(sync)
                .isEqualTo(new BrowserSync(
                        "https://crb.example/id",
                        "puid",
                        Arrays.stream(Signal.values()).collect(Collectors.toMap(one -> one, Signal::usual)),
                        null));
        assertThat(sync.parameters())
                .containsEntry(Signal.GDPR_CONSENT, "gdpr_consent")
                .containsEntry(Signal.US_PRIVACY, "us_privacy");
    }

    @Test
    void field_and_names_are_settable_and_an_empty_name_is_never_sent() {
        BrowserSync sync = filled(
                "{url: 'https://$$REGION$$.example/id?v=2', field: data.ids.lex-id,"
                        + " parameters: {gdpr: g, gdprConsent: tc.string, gpp: ''}}",
                Map.of("REGION", "eu"));

        assertThat(sync.url()).isEqualTo("https://eu.example/id?v=2");
        assertThat(sync.field()).isEqualTo("data.ids.lex-id");
        assertThat(sync.parameters())
                .containsEntry(Signal.GDPR, "g")
                .containsEntry(Signal.GDPR_CONSENT, "tc.string")
                .containsEntry(Signal.GPP, "")
                .containsEntry(Signal.GPP_SID, "gpp_sid");
    }

    @Test
    void without_the_parameter_there_is_no_url_to_ask() {
        assertThat(filled("url: $$SYNC_URL$$", Map.of()).url()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{url: $$SYNC_UR$$} | url: $$SYNC_UR$$ is no parameter of this kit; allowed: SYNC_URL, REGION. Did you mean"
                        + " 'SYNC_URL'?",
                "{url: u, field: 'a b'} | field: found 'a b'; allowed: a key of the answer, such as puid, or keys with dots"
                        + " between",
                "{url: u, field: a..b} | field: found 'a..b'; allowed: a key of the answer, such as puid, or keys with dots"
                        + " between",
                "{url: u, parameters: {gdpr: 'a&b'}} | parameters.gdpr: found 'a&b'; allowed: letters, digits, _, . and -, at"
                        + " most 100, or nothing: not sent",
                "{url: u, parameters: {gdprconsent: c}} | parameters.gdprconsent: 'gdprconsent' is no known key here; allowed:"
                        + " gdpr, gdprConsent, gpp, gppSid, usPrivacy. Did you mean 'gdprConsent'?",
                "{url: u, feld: id} | feld: 'feld' is no known key here; allowed: field, parameters, redirect, url. Did you mean"
                        + " 'field'?",
            })
    void what_would_make_a_strange_request_is_a_problem(String sync, String problem) {
        read(sync);

        assertThat(texts()).containsExactly("kit.yaml:1: " + problem);
    }

    @Test
    void a_name_may_have_100_characters() {
        read("{url: u, parameters: {gpp: " + "x".repeat(100) + ", gppSid: " + "x".repeat(101) + "}}");

        assertThat(texts()).singleElement().asString().startsWith("kit.yaml:1: parameters.gppSid: found 'xxx");
    }
}
