package dev.waybill.attention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.log.IntakeGate;
import dev.waybill.log.IntakeGate.Cause;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerRulesTest {
    private static final long MB = 1_000_000;

    private static List<String> texts(long free, Optional<IntakeGate.Closed> closed, List<String> problems) {
        return ServerRules.of(new ServerNumbers(free, 512 * MB, closed, problems)).found().stream()
                .map(finding -> finding.subject().where() + ": " + finding.text())
                .toList();
    }

    @Test
    void with_space_and_good_files_there_is_nothing_to_do() {
        assertThat(texts(1024 * MB, Optional.empty(), List.of())).isEmpty();
    }

    @Test
    void a_disk_is_low_before_intake_closes_and_still_is_when_it_did() {
        assertThat(texts(900 * MB, Optional.empty(), List.of()))
                .containsExactly(
                        "the server: 900 MB of disk are free; below 512 MB (log.minFreeBytes) the collector answers 503.");
        assertThat(texts(1, closed(Cause.DISK_LOW, "Only 0 MB of disk are free."), List.of()))
                .containsExactly(
                        "the server: No events are accepted: Only 0 MB of disk are free.",
                        "the server: 0 MB of disk are free; below 512 MB (log.minFreeBytes) the collector answers 503.");
    }

    private static Optional<IntakeGate.Closed> closed(Cause cause, String why) {
        return Optional.of(new IntakeGate.Closed(cause, why));
    }

    @Test
    void closed_intake_is_told_with_the_advice_that_fits_its_cause() {
        Map<Cause, String> advice = new EnumMap<>(Cause.class);
        for (Cause cause : Cause.values()) {
            ServerRules.of(new ServerNumbers(5000 * MB, 512 * MB, closed(cause, "Why."), List.of()))
                    .found()
                    .forEach(finding -> {
                        assertThat(finding.kind()).isEqualTo(Kind.INTAKE_CLOSED);
                        assertThat(finding.text()).isEqualTo("No events are accepted: Why.");
                        advice.put(cause, finding.advice());
                    });
        }
        assertThat(advice.keySet())
                .as("a server that stops needs nothing")
                .containsExactlyInAnyOrder(Cause.FAILED, Cause.DISK_LOW, Cause.LOG_FULL);
        assertThat(advice.get(Cause.FAILED)).contains("restart Waybill").doesNotContain("Free some space");
        assertThat(advice.get(Cause.DISK_LOW)).startsWith("Free some space").doesNotContain("restart");
        assertThat(advice.get(Cause.LOG_FULL)).startsWith("Raise log.maxBytes").doesNotContain("restart");
    }

    @Test
    void broken_files_are_told_with_the_first_error() {
        assertThat(texts(
                        5000 * MB,
                        Optional.empty(),
                        List.of("pipelines/web.yaml:7: found 'lve'; allowed: live, shadow", "other")))
                .containsExactly("the server: 2 errors in the workspace's files; the last good one runs:"
                        + " pipelines/web.yaml:7: found 'lve'; allowed: live, shadow");
    }
}
