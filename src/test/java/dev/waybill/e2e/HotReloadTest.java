package dev.waybill.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Files changed under a running server.
@Tag("e2e")
@ExtendWith(Started.Logs.class)
class HotReloadTest {
    /// Two seconds are promised; a busy test machine gets three more.
    private static final Duration TAKEN = Duration.ofSeconds(5);

    @Test
    void a_changed_pin_is_taken_and_a_broken_file_changes_nothing(@TempDir Path directory) {
        try (TestDestination destination = TestDestination.start()) {
            TestWorkspace workspace =
                    TestWorkspace.create(directory.resolve("workspace")).lane("web", destination.url());
            try (WaybillProcess server = WaybillProcess.start(directory, workspace)) {
                assertThat(partnerOfNext(server, destination, "one")).isEqualTo("p-e2e");

                workspace.integration("web", 2, "p-second", destination.url()).pipeline("web", "web", 2);
                awaitRevision(server, 2);
                assertThat(partnerOfNext(server, destination, "two")).isEqualTo("p-second");

                workspace.write("pipelines/web.yaml", "writeKey: [what\n");
                Eventually.holds(
                        "the broken file is reported",
                        TAKEN,
                        () -> server.logs().contains("web.yaml"));
                assertThat(Http.get(server.url() + "/health/ready").status()).isEqualTo(200);
                assertThat(partnerOfNext(server, destination, "three")).isEqualTo("p-second");

                workspace.integration("web", 2, "p-edited", destination.url()).pipeline("web", "web", 2);
                Eventually.holds(
                        "the edited revision is reported",
                        TAKEN,
                        () -> server.logs().contains("2.yaml"));
                assertThat(partnerOfNext(server, destination, "four")).isEqualTo("p-second");

                workspace.integration("web", 3, "p-third", destination.url()).pipeline("web", "web", 3);
                awaitRevision(server, 3);
                assertThat(partnerOfNext(server, destination, "five")).isEqualTo("p-third");
            }
            workspace.write("pipelines/web.yaml", "writeKey: [what\n");
            try (WaybillProcess server = WaybillProcess.start(directory, workspace)) {
                assertThat(partnerOfNext(server, destination, "six"))
                        .as("from the last good files")
                        .isEqualTo("p-third");
            }
        }
    }

    private static void awaitRevision(WaybillProcess server, int revision) {
        Eventually.holds(
                "revision " + revision + " runs",
                TAKEN,
                () -> server.api("GET", "/api/ledger", "").ok().body().contains("\"revision\":" + revision));
    }

    private static String partnerOfNext(WaybillProcess server, TestDestination destination, String id) {
        server.send("web", "track", Orders.event(id, "")).ok();
        Eventually.holds(
                "the event arrives",
                Duration.ofSeconds(10),
                () -> Orders.ids(destination.accepted()).contains(id));
        return String.valueOf(destination.accepted().getLast().text("partner_id"));
    }
}
