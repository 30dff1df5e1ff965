package dev.waybill.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.access.AuditJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditedFilesTest {
    @TempDir
    Path root;

    private Path data = Path.of("");
    private WorkspaceFolder folder = new WorkspaceFolder(Path.of(""));
    private final List<String> entries = new ArrayList<>();
    private final AuditJournal audit =
            (who, what, subject, from, to) -> entries.add(String.join(" | ", who, what, subject, from + " > " + to));
    private final AuditedFiles audited = new AuditedFiles(audit);

    @BeforeEach
    void writeWorkspace() throws IOException {
        data = Files.createDirectories(root.resolve("data"));
        folder = new WorkspaceFolder(root.resolve("workspace")).valid();
    }

    private RunningWorkspace open() throws BrokenWorkspaceException {
        RunningWorkspace running = RunningWorkspace.open(folder.dir(), data, WorkspaceFolder.reader(Map.of()));
        running.audit(audited);
        return running;
    }

    private static void settle(RunningWorkspace running) {
        running.poll();
        running.poll();
    }

    @Test
    void a_first_start_tells_of_nothing() throws BrokenWorkspaceException {
        settle(open());
        assertThat(entries).isEmpty();
    }

    @Test
    void a_pin_by_hand_names_the_file_and_the_revisions() throws BrokenWorkspaceException {
        RunningWorkspace running = open();
        folder.write("integrations/kargo-main/2.yaml", WorkspaceFolder.REVISION + "note: second\n");
        folder.write("pipelines/web.yaml", WorkspaceFolder.PIPELINE.replace("revision: 1", "revision: 2"));
        settle(running);
        assertThat(entries).hasSize(3);
        assertThat(entries.get(0))
                .matches("integrations/kargo-main/2\\.yaml \\| revision saved \\| integrations/kargo-main/2 \\| "
                        + "null > sha256 [0-9a-f]{12}");
        assertThat(entries.get(1))
                .matches("pipelines/web\\.yaml \\| pipeline changed \\| pipelines/web \\| "
                        + "sha256 [0-9a-f]{12} > sha256 [0-9a-f]{12}");
        assertThat(entries.get(2))
                .isEqualTo("pipelines/web.yaml | revision pinned | pipelines/web | kargo-main/1 > kargo-main/2");
    }

    @Test
    void a_broken_change_is_told_only_when_it_is_mended_and_in_force() throws BrokenWorkspaceException {
        RunningWorkspace running = open();
        folder.write("pipelines/app.yaml", "writeKey: [oops\n");
        settle(running);
        assertThat(entries).isEmpty();
        folder.write("pipelines/app.yaml", "writeKey: wk_app\norigins: [https://a.example]\n");
        settle(running);
        assertThat(entries).singleElement().asString().startsWith("pipelines/app.yaml | pipeline created | ");
        entries.clear();
        folder.write("waybill.yaml", "allowPrivateEndpoints: true\nmetrics: open\n");
        settle(running);
        assertThat(entries).singleElement().asString().startsWith("waybill.yaml | file changed | waybill.yaml | ");
    }

    @Test
    void what_changed_while_no_server_ran_is_told_at_the_next_start() throws BrokenWorkspaceException {
        settle(open());
        folder.write("pipelines/app.yaml", "writeKey: wk_app\norigins: [https://a.example]\n");
        settle(open());
        assertThat(entries).singleElement().asString().startsWith("pipelines/app.yaml | pipeline created | ");
        settle(open());
        assertThat(entries).hasSize(1);
    }

    @Test
    void what_was_announced_is_told_by_whoever_wrote_it_only() throws BrokenWorkspaceException {
        RunningWorkspace running = open();
        String first = "writeKey: wk_app\norigins: [https://a.example]\n";
        api("pipelines/app.yaml", first);
        settle(running);
        assertThat(entries).isEmpty();
        folder.write("pipelines/app.yaml", first + "# by hand\n");
        settle(running);
        folder.write("pipelines/app.yaml", first);
        settle(running);
        assertThat(entries).hasSize(2);
    }

    @Test
    void a_new_secret_is_named_and_not_shown() throws BrokenWorkspaceException, IOException {
        Files.createDirectories(RunningWorkspace.secrets(data));
        RunningWorkspace running = open();
        Files.writeString(RunningWorkspace.secrets(data).resolve("KARGO KEY"), "s3cret-value");
        settle(running);
        assertThat(entries)
                .containsExactly("data/secrets/KARGO KEY | secret changed | secrets/KARGO KEY | null > null");
        try (AuditedFiles.Announced file = audited.announce("secrets/OTHER", null)) {
            Files.writeString(RunningWorkspace.secrets(data).resolve("OTHER"), "s3cret-value");
            file.written();
        }
        settle(running);
        assertThat(entries).hasSize(1);
    }

    @Test
    void a_save_that_failed_hides_no_edit_by_hand() throws BrokenWorkspaceException {
        RunningWorkspace running = open();
        String text = "writeKey: wk_app\norigins: [https://a.example]\n";
        audited.announce("pipelines/app.yaml", text).close();
        folder.write("pipelines/app.yaml", text);
        settle(running);
        assertThat(entries).singleElement().asString().startsWith("pipelines/app.yaml | pipeline created | ");
    }

    @Test
    void a_save_that_another_came_over_before_it_was_seen_hides_no_later_edit() throws BrokenWorkspaceException {
        RunningWorkspace running = open();
        String first = "writeKey: wk_app\norigins: [https://a.example]\n";
        api("pipelines/app.yaml", first);
        api("pipelines/app.yaml", first + "# second\n");
        settle(running);
        assertThat(entries).isEmpty();
        folder.write("pipelines/app.yaml", first);
        settle(running);
        assertThat(entries).singleElement().asString().startsWith("pipelines/app.yaml | pipeline changed | ");
    }

    @Test
    void a_save_beside_a_broken_file_is_told_by_whoever_wrote_it_when_that_is_mended() throws BrokenWorkspaceException {
        RunningWorkspace running = open();
        folder.write("pipelines/b.yaml", "writeKey: [oops\n");
        api("pipelines/app.yaml", "writeKey: wk_app\norigins: [https://a.example]\n");
        settle(running);
        folder.write("pipelines/b.yaml", "writeKey: wk_b\norigins: [https://b.example]\n");
        settle(running);
        assertThat(entries).singleElement().asString().startsWith("pipelines/b.yaml | pipeline created | ");
    }

    @Test
    void a_secret_that_came_while_a_file_was_broken_counts_when_that_is_put_back()
            throws BrokenWorkspaceException, IOException {
        Files.createDirectories(RunningWorkspace.secrets(data));
        RunningWorkspace running = open();
        Workspace before = running.current();
        folder.write("pipelines/web.yaml", "writeKey: [oops\n");
        settle(running);
        Files.writeString(RunningWorkspace.secrets(data).resolve("TOKEN"), "s3cret-value");
        settle(running);
        assertThat(running.current()).isSameAs(before);
        assertThat(entries).isEmpty();
        folder.write("pipelines/web.yaml", WorkspaceFolder.PIPELINE);
        settle(running);
        assertThat(running.current()).isNotSameAs(before);
        assertThat(entries).containsExactly("data/secrets/TOKEN | secret changed | secrets/TOKEN | null > null");
    }

    private void api(String path, String text) {
        try (AuditedFiles.Announced file = audited.announce(path, text)) {
            folder.write(path, text);
            file.written();
        }
    }
}
