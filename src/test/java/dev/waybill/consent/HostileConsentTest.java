package dev.waybill.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.kit.KitConsent;
import dev.waybill.workspace.Pipeline;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Signals come from browsers: whatever they hold, a rule answers, and soon.
class HostileConsentTest {
    private static final KitConsent KARGO = new KitConsent(972, List.of(1, 2, 3, 4, 7, 9, 10));
    private static final Pipeline.Consent US =
            Pipeline.withDefaults("p", "k", List.of()).consent();
    private static final String ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~.,%=\u0000é";

    @Test
    void random_texts_never_throw_and_end_soon() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long began = System.nanoTime();
        for (int i = 0; i < 3_000; i++) {
            String tcf = (random.nextBoolean() ? "C" : "") + text(random);
            String gpp = (random.nextBoolean() ? "DB" : "") + text(random);
            JsonObject consent = JsonObject.builder()
                    .put("tcf", new Json.Str(tcf))
                    .put("gpp", new Json.Str(gpp))
                    .put("gppSid", sid(random))
                    .put("usp", new Json.Str(text(random)))
                    .build();
            assertThatCode(() -> ConsentRules.syncDenial(consent, false, US, KARGO))
                    .as("seed %d: %s", seed, consent)
                    .doesNotThrowAnyException();
            for (UsSection section : UsSection.values()) {
                String refused = gpp;
                assertThatCode(() -> section.refusal(refused))
                        .as("seed %d: %s of %s", seed, section, refused)
                        .doesNotThrowAnyException();
            }
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .as("seed %d", seed)
                .isLessThan(Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "allowed",
            value = {
                "'' | allowed",
                "DBAA | allowed",
                "junk | gpp: the GPP string can't be read",
                "DBABLA~ | gpp: section 7 (usnat) applies and is missing",
                "DBABLA~zzzz | gpp: section 7 (usnat): it can't be read",
                "DBABLA | gpp: the GPP string can't be read",
                "~~~~ | gpp: the GPP string can't be read",
                "DB__________________________ | gpp: the GPP string can't be read",
            })
    void a_gpp_string_without_the_ids_that_apply_counts_with_all_it_holds(String gpp, String denial) {
        JsonObject consent = JsonObject.builder().put("gpp", new Json.Str(gpp)).build();

        assertThat(ConsentRules.syncDenial(consent, false, US, KARGO).orElse(null))
                .isEqualTo(denial);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "allowed",
            value = {
                "7     | gpp: section 7 (usnat) applies and is missing",
                "' 8,7 ' | gpp: section 7 (usnat) applies and is missing",
                "24    | gpp: section 24 (usmd) applies and is missing",
                "5     | gpp: section 5 applies and is not known",
                "-1    | allowed",
                "0     | allowed",
                "''    | allowed",
                "seven | gpp: gppSid can't be read",
                "'7,'  | gpp: gppSid can't be read",
            })
    void the_ids_that_apply_may_be_a_text(String sid, String denial) {
        JsonObject consent =
                JsonObject.builder().put("gppSid", new Json.Str(sid)).build();

        assertThat(ConsentRules.syncDenial(consent, false, US, KARGO).orElse(null))
                .isEqualTo(denial);
    }

    private static Json sid(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> new Json.Arr(List.of(new Json.Num(String.valueOf(random.nextInt(30)))));
            case 1 -> new Json.Str(text(random));
            default -> Json.Null.INSTANCE;
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(random.nextInt(20) == 0 ? 9_000 : 200);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length() - random.nextInt(2) * 8)));
        }
        return text.toString();
    }
}
