package dev.waybill.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.config.Problem;
import dev.waybill.workspace.Workspace.RevisionKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningWorkspaceTest {
    private static final String PINNED = "integrations/kargo-main/1.yaml";

    @TempDir
    Path root;

    private Path data = Path.of("");
    private WorkspaceFolder folder = new WorkspaceFolder(Path.of(""));
    private final List<Workspace> taken = new ArrayList<>();

    @BeforeEach
    void writeWorkspace() throws IOException {
        data = Files.createDirectories(root.resolve("data"));
        folder = new WorkspaceFolder(root.resolve("workspace")).valid();
    }

    @Test
    void a_change_is_taken_when_it_was_still_for_one_look() throws BrokenWorkspaceException {
        RunningWorkspace running = open();
        folder.write("pipelines/app.yaml", "writeKey: wk_app\norigins: [https://a.example]\n");

        running.poll();
        assertThat(running.current().pipelines()).containsOnlyKeys("web");
        folder.write("pipelines/app.yaml", "writeKey: wk_app_2\norigins: [https://a.example]\n");
        running.poll();
        assertThat(running.current().pipelines()).containsOnlyKeys("web");
        running.poll();
        assertThat(running.current().pipelines()).containsOnlyKeys("web", "app");
        running.poll();
        assertThat(taken).containsExactly(running.current());
    }

    @Test
    void what_the_server_wrote_itself_is_taken_at_the_first_look_but_not_beside_a_change_by_hand()
            throws BrokenWorkspaceException {
        RunningWorkspace running = open();
        AuditedFiles audited = new AuditedFiles((who, what, subject, from, to) -> {});
        running.audit(audited);

        written(audited, "pipelines/app.yaml", "writeKey: wk_app\norigins: [https://a.example]\n");
        running.poll();
        assertThat(running.current().pipelines()).containsOnlyKeys("web", "app");

        folder.write("pipelines/hand.yaml", "writeKey: wk_ha");
        written(audited, "integrations/new/1.yaml", WorkspaceFolder.REVISION);
        running.poll();
        assertThat(running.current().integrations()).containsOnlyKeys(new RevisionKey("kargo-main", 1));
        folder.write("pipelines/hand.yaml", "writeKey: wk_hand\norigins: [https://a.example]\n");
        settle(running);
        assertThat(running.current().pipelines()).containsOnlyKeys("web", "app", "hand");
        assertThat(running.current().integrations()).containsKey(new RevisionKey("new", 1));
        assertThat(problems(running)).isEmpty();
    }

    @Test
    void who_waits_for_a_look_is_not_kept_until_the_next_round() throws Exception {
        RunningWorkspace running = open();
        running.start();
        long from = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            assertThat(running.awaitLook(Duration.ofSeconds(10))).isTrue();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(5));
        running.close();
    }

    private void written(AuditedFiles audited, String path, String text) {
        try (AuditedFiles.Announced announced = audited.announce(path, text)) {
            folder.write(path, text);
            announced.written();
        }
    }

    @Test
    void a_broken_change_changes_nothing_that_runs_and_is_told_until_it_is_mended() throws BrokenWorkspaceException {
        RunningWorkspace running = open();
        Workspace before = running.current();
        folder.write("pipelines/web.yaml", WorkspaceFolder.PIPELINE.replace("revision: 1", "revision: 9"));
        settle(running);

        assertThat(running.current()).isSameAs(before);
        assertThat(problems(running))
                .containsExactly("pipelines/web.yaml:3: integrations[0].revision: found 9; there is no"
                        + " integrations/kargo-main/9.yaml; revisions: 1");
        folder.write("pipelines/web.yaml", WorkspaceFolder.PIPELINE);
        settle(running);
        assertThat(problems(running)).isEmpty();
        assertThat(running.current()).isSameAs(before);
        assertThat(taken).isEmpty();
    }

    @Test
    void a_restart_with_broken_files_runs_the_last_good_workspace() throws BrokenWorkspaceException {
        open().close();
        folder.write("pipelines/web.yaml", "writeKey: [");

        RunningWorkspace again = open();

        assertThat(again.current().pipelines()).containsOnlyKeys("web");
        assertThat(again.current().integrations()).containsOnlyKeys(new RevisionKey("kargo-main", 1));
        assertThat(problems(again)).singleElement().asString().startsWith("pipelines/web.yaml:1: not valid YAML");
    }

    @Test
    void a_restart_without_any_workspace_directory_runs_the_last_good_one() throws Exception {
        open().close();
        Files.move(folder.dir(), root.resolve("moved"));

        assertThat(open().current().pipelines()).containsOnlyKeys("web");
    }

    @Test
    void a_first_start_with_broken_files_fails_with_all_problems() {
        folder.write("pipelines/web.yaml", "writeKey: ''\nmode: x\n");

        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        BrokenWorkspaceException.class,
                        broken -> assertThat(broken.problems())
                                .extracting(Problem::path)
                                .contains("", "mode"));
    }

    @Test
    void a_pinned_revision_that_was_edited_keeps_running_as_pinned_also_after_a_restart() throws Exception {
        RunningWorkspace running = open();
        folder.write(PINNED, WorkspaceFolder.REVISION + "maxEventAge: 1h\n");
        folder.write("pipelines/app.yaml", "writeKey: wk_app\norigins: [https://a.example]\n");
        settle(running);

        String problem =
                PINNED + ": revision 1 is pinned by web and was edited: save the change as 2.yaml, pin that, and"
                        + " put this one back; still running as pinned";
        assertThat(problems(running)).containsExactly(problem);
        assertThat(hours(running, 1)).isEqualTo(72);
        assertThat(running.current().pipelines())
                .as("the rest of the change is taken")
                .containsOnlyKeys("web", "app");

        RunningWorkspace again = open();
        assertThat(problems(again)).containsExactly(problem);
        assertThat(hours(again, 1)).isEqualTo(72);
    }

    @Test
    void a_pinned_revision_that_was_removed_keeps_running_as_pinned() throws Exception {
        RunningWorkspace running = open();
        Files.delete(folder.dir().resolve(PINNED));
        settle(running);

        assertThat(problems(running))
                .containsExactly(
                        PINNED + ": revision 1 is pinned by web and was removed: put it back; still running as pinned");
        assertThat(hours(running, 1)).isEqualTo(72);
    }

    @Test
    void a_new_pin_frees_the_old_revision() throws BrokenWorkspaceException {
        RunningWorkspace running = open();
        folder.write("integrations/kargo-main/2.yaml", WorkspaceFolder.REVISION + "maxEventAge: 2h\n")
                .write("pipelines/web.yaml", WorkspaceFolder.PIPELINE.replace("revision: 1", "revision: 2"))
                .write(PINNED, WorkspaceFolder.REVISION + "maxEventAge: 1h\n");
        settle(running);

        assertThat(problems(running)).isEmpty();
        assertThat(hours(running, 1)).isEqualTo(1);
        assertThat(hours(running, 2)).isEqualTo(2);
    }

    @Test
    void the_saved_copy_names_the_sha_256_of_every_pinned_revision_and_survives_a_half_done_swap() throws Exception {
        folder.write("integrations/kargo-main/2.yaml", WorkspaceFolder.REVISION);
        open().close();

        assertThat(data.resolve("workspace/pins.json"))
                .content()
                .matches("\\{\"integrations/kargo-main/1.yaml\":\"[0-9a-f]{64}\"}");
        Files.move(data.resolve("workspace"), data.resolve("workspace.old"));
        folder.write("pipelines/web.yaml", "writeKey: [");
        assertThat(open().current().pipelines()).containsOnlyKeys("web");
    }

    @Test
    void a_listener_that_fails_stops_neither_the_others_nor_the_next_change() throws BrokenWorkspaceException {
        RunningWorkspace running = RunningWorkspace.open(folder.dir(), data, WorkspaceFolder.reader(Map.of()));
        running.onChange(_ -> {
            throw new IllegalStateException("a listener's own trouble");
        });
        running.onChange(taken::add);
        folder.write("pipelines/app.yaml", "writeKey: wk_app\n");
        settle(running);

        assertThat(taken).hasSize(1);
    }

    @Test
    void check_tells_how_the_files_differ_from_what_the_server_took() throws BrokenWorkspaceException {
        assertThat(check().notes()).containsExactly("No server has taken a workspace into " + data + " yet.");
        open().close();
        assertThat(check().notes()).containsExactly("The server took these files.");

        folder.write(PINNED, WorkspaceFolder.REVISION + "maxEventAge: 1h\n")
                .write("pipelines/app.yaml", "writeKey: wk\n");
        assertThat(check().problems()).extracting(Problem::file).contains(PINNED);
        assertThat(check().notes())
                .containsExactly("The server has not taken these changes yet (it does within 2 s when it runs):"
                        + " pipelines/app.yaml.");
        folder.write("pipelines/app.yaml", "writeKey: [");
        assertThat(check().notes())
                .containsExactly("The server stays with the last good workspace until the errors are gone; it differs"
                        + " in: pipelines/app.yaml.");
    }

    private WorkspaceCheck check() {
        return WorkspaceCheck.against(data, folder.dir(), WorkspaceFolder.reader(Map.of()));
    }

    private RunningWorkspace open() throws BrokenWorkspaceException {
        RunningWorkspace running = RunningWorkspace.open(folder.dir(), data, WorkspaceFolder.reader(Map.of()));
        running.onChange(taken::add);
        return running;
    }

    private static void settle(RunningWorkspace running) {
        running.poll();
        running.poll();
    }

    private static List<String> problems(RunningWorkspace running) {
        return running.problems().stream().map(Problem::toString).toList();
    }

    private static long hours(RunningWorkspace running, int revision) {
        return Objects.requireNonNull(running.current().integrations().get(new RevisionKey("kargo-main", revision)))
                .maxEventAge()
                .toHours();
    }
}
