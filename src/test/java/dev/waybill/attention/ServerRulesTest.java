package dev.waybill.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerRulesTest {
    private static final long MB = 1_000_000;

    private static List<String> texts(long free, Optional<String> closed, List<String> problems) {
        return ServerRules.of(new ServerNumbers(free, 512 * MB, closed, problems)).found().stream()
                .map(finding -> finding.subject().where() + ": " + finding.text())
                .toList();
    }

    @Test
    void with_space_and_good_files_there_is_nothing_to_do() {
        assertThat(texts(1024 * MB, Optional.empty(), List.of())).isEmpty();
    }

    @Test
    void a_disk_is_low_before_intake_closes_and_says_so_when_it_did() {
        assertThat(texts(900 * MB, Optional.empty(), List.of()))
                .containsExactly(
                        "the server: 900 MB of disk are free; below 512 MB (log.minFreeBytes) the collector answers 503.");
        assertThat(texts(1, Optional.of("Only 0 MB of disk are free."), List.of()))
                .containsExactly("the server: No events are accepted: Only 0 MB of disk are free.");
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
