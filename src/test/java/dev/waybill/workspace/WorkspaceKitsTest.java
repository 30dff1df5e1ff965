package dev.waybill.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.config.Problem;
import dev.waybill.config.Problems;
import dev.waybill.event.Event;
import dev.waybill.event.EventType;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.kit.Integration;
import dev.waybill.kit.Mapped;
import dev.waybill.workspace.Workspace.RevisionKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kits that a workspace declares.
class WorkspaceKitsTest {
    private static final String KIT = """
            name: acme
            title: Acme
            description: Takes orders.
            parameters: [{name: KEY, description: your key, required: true}]
            request:
              url: https://acme.example/in
              headers: {x-key: $$KEY$$}
              outputs: [{key: id}]
            """;
    private static final String PLAYBOOK =
            "default: {unmapped: pass}\nglobal: {mappings: [{output: id, input: properties.id}]}\n";
    private static final String REVISION = "kit: acme\nparameters: {KEY: k-1}\n";
    private static final String PIPELINE = WorkspaceFolder.PIPELINE.replace("kargo-main", "acme-main");
    private static final String KIT_FILE = "kits/acme/kit.yaml";
    private static final String PLAYBOOK_FILE = "kits/acme/playbook.yaml";
    private static final String ANOTHER =
            "save the change as a kit of another name, make a revision of that and pin it, and ";
    private static final String USED =
            "the kit acme is used by integrations/acme-main/1.yaml, pinned by web, and this file of it ";

    @TempDir
    Path root;

    private WorkspaceFolder folder() {
        return new WorkspaceFolder(root.resolve("workspace"))
                .write("pipelines/web.yaml", PIPELINE)
                .write("integrations/acme-main/1.yaml", REVISION)
                .write(KIT_FILE, KIT)
                .write(PLAYBOOK_FILE, PLAYBOOK);
    }

    @Test
    void two_kits_that_need_an_id_sync_in_one_pipeline_are_a_warning() {
        WorkspaceFolder folder = folder().write(
                        KIT_FILE, KIT.replace("request:", "sync: {url: 'https://acme.example/id?k=$$KEY$$'}\nrequest:"))
                .write("integrations/kargo-main/1.yaml", WorkspaceFolder.REVISION)
                .write(
                        "pipelines/web.yaml",
                        PIPELINE.replace("revision: 1}", "revision: 1}, {integration: kargo-main, revision: 1}"));
        assertThat(folder.problems(Map.of()))
                .containsExactly(
                        "pipelines/web.yaml:1: warning: the kits acme, kargo each need an ID sync, and browsers do only the"
                                + " first, that of 'acme-main': events for the others must bring their identifier"
                                + " themselves; or give those a pipeline of their own");
        folder.write(
                "pipelines/web.yaml",
                PIPELINE.replace(
                        "revision: 1}", "revision: 1, enabled: false}, {integration: kargo-main, revision: 1}"));
        assertThat(folder.problems(Map.of())).isEmpty();
    }

    private static String sent(Workspace workspace) {
        Integration integration =
                Objects.requireNonNull(workspace.integrations().get(new RevisionKey("acme-main", 1)));
        JsonObject json = (JsonObject) JsonText.read("{\"type\":\"page\",\"properties\":{\"id\":\"p-1\",\"n\":\"2\"}}");
        Mapped mapped = integration.map(new Event(EventType.PAGE, "m-1", 0, false, null, json));
        return mapped instanceof Mapped.Deliver deliver
                ? JsonText.write(deliver.request().body())
                : mapped.toString();
    }

    @Test
    void a_kit_of_the_workspace_is_used_as_those_that_come_with_waybill() {
        Problems problems = new Problems();
        Workspace workspace = folder().write("kits/acme/README.md", "passed over")
                .read(problems)
                .orElseThrow();

        assertThat(problems.sorted()).isEmpty();
        assertThat(workspace.kits().names()).containsExactly("kargo", "webhook", "acme");
        assertThat(sent(workspace)).isEqualTo("{\"id\":\"p-1\"}");
    }

    @Test
    void a_kit_needs_no_playbook() {
        WorkspaceFolder bare = new WorkspaceFolder(root)
                .write("pipelines/web.yaml", PIPELINE)
                .write("integrations/acme-main/1.yaml", REVISION)
                .write(KIT_FILE, KIT);

        assertThat(bare.problems(Map.of())).isEmpty();
    }

    @Test
    void every_mistake_with_files_and_names_of_kits_is_told() {
        WorkspaceFolder broken = folder().write("kits/acme/kits.yaml", "x: 1")
                .write("kits/acme/old.yml", "x: 1")
                .write("kits/loose.yaml", KIT)
                .write("kits/no name/kit.yaml", KIT)
                .write("kits/bare/playbook.yaml", PLAYBOOK)
                .write("kits/other/kit.yaml", KIT)
                .write("kits/webhook/kit.yaml", KIT.replace("name: acme", "name: webhook"))
                .write("kits/half/kit.yaml", KIT.replace("name: acme", "name: half") + "limit: 1\n")
                .write("kits/half/playbook.yaml", "globl: {}\n")
                .write("integrations/half-main/1.yaml", "kit: half\n")
                .write("integrations/none-main/1.yaml", "kit: acm\n");

        assertThat(broken.problems(Map.of()))
                .containsExactlyInAnyOrder(
                        "integrations/half-main/1.yaml:1: kit: the kit 'half' can't be used until its own problems are"
                                + " solved",
                        "integrations/none-main/1.yaml:1: kit: there is no kit 'acm'; allowed: kargo, webhook, acme. Did"
                                + " you mean 'acme'?",
                        "kits/acme/kits.yaml: no file of a kit; allowed: kit.yaml, playbook.yaml. Did you mean"
                                + " 'kit.yaml'?",
                        "kits/acme/old.yml: files of a workspace end in .yaml: rename it",
                        "kits/bare: there is no kit.yaml in it; a kit is declared there",
                        "kits/half/kit.yaml:9: limit: 'limit' is no known key here; allowed: batch, consent, description, docs,"
                                + " identity, limits, name, parameters, product, request, scope, source, sync, title,"
                                + " verdict. Did you mean 'limits'?",
                        "kits/half/playbook.yaml:1: globl: 'globl' is no known key here; allowed: default, events,"
                                + " global. Did you mean 'global'?",
                        "kits/loose.yaml: a kit's files lie in its directory, such as kits/loose/kit.yaml",
                        "kits/no name: found 'no name' as a kit's directory name; allowed: letters, digits, - and _, at"
                                + " most 64",
                        "kits/other/kit.yaml:1: name: found 'acme' in the directory kits/other; a kit's name is its"
                                + " directory's: write name: other",
                        "kits/webhook/kit.yaml:1: name: 'webhook' is a kit that comes with Waybill; give yours another"
                                + " name, its directory too");
    }

    @Test
    void addresses_within_the_own_network_are_found_in_kits_too() {
        String kit = """
                name: acme
                title: Acme
                description: Takes orders.
                parameters:
                  - {name: KEY, description: your key}
                  - {name: PORT, description: a port, default: '80'}
                  - {name: BASE, description: a URL, kind: url, default: 'http://10.0.0.7/x'}
                sync: {url: 'http://localhost:$$PORT$$/$$KEY$$'}
                request: {url: 'https://192.168.0.$$PORT$$/$$BASE$$', outputs: [{key: id}]}
                """;
        String why = " is a loopback, private or link-local address; use a public one, or set"
                + " allowPrivateEndpoints: true in waybill.yaml";

        assertThat(folder().write(KIT_FILE, kit).problems(Map.of()))
                .contains(
                        "kits/acme/kit.yaml:7: parameters[2].default: '10.0.0.7'" + why,
                        "kits/acme/kit.yaml:8: sync.url: 'localhost'" + why,
                        "kits/acme/kit.yaml:9: request.url: '192.168.0.1'" + why);
        assertThat(folder().write(KIT_FILE, kit)
                        .write("waybill.yaml", "allowPrivateEndpoints: true\n")
                        .problems(Map.of()))
                .noneMatch(problem -> problem.contains("loopback"));
    }

    @Test
    void a_changed_kit_that_nothing_pins_is_taken() throws Exception {
        WorkspaceFolder folder = folder().write("pipelines/web.yaml", "writeKey: wk\norigins: [https://a.example]\n");
        RunningWorkspace running = open(folder);
        folder.write(PLAYBOOK_FILE, PLAYBOOK.replace("properties.id", "properties.n"));
        settle(running);

        assertThat(problems(running)).isEmpty();
        assertThat(sent(running.current())).isEqualTo("{\"id\":\"2\"}");
    }

    @Test
    void a_kit_that_a_pinned_revision_uses_keeps_running_as_pinned_also_after_a_restart() throws Exception {
        WorkspaceFolder folder = folder();
        RunningWorkspace running = open(folder);
        folder.write(PLAYBOOK_FILE, PLAYBOOK.replace("properties.id", "properties.n"));
        Files.delete(folder.dir().resolve(KIT_FILE));
        folder.write(KIT_FILE, KIT + "docs: https://acme.example\n");
        settle(running);

        List<String> told = List.of(
                KIT_FILE + ": " + USED + "was edited: " + ANOTHER + "put this one back; still running as pinned",
                PLAYBOOK_FILE + ": " + USED + "was edited: " + ANOTHER + "put this one back; still running as pinned");
        assertThat(problems(running)).isEqualTo(told);
        assertThat(sent(running.current())).isEqualTo("{\"id\":\"p-1\"}");
        running.close();

        RunningWorkspace again = open(folder);
        assertThat(problems(again)).isEqualTo(told);
        assertThat(sent(again.current())).isEqualTo("{\"id\":\"p-1\"}");
        folder.write(KIT_FILE, KIT).write(PLAYBOOK_FILE, PLAYBOOK);
        settle(again);
        assertThat(problems(again)).isEmpty();
    }

    @Test
    void a_kit_whose_saved_copy_lost_its_playbook_runs_as_the_workspace_has_it() throws Exception {
        WorkspaceFolder folder = folder();
        for (boolean removed : List.of(true, false)) {
            open(folder).close();
            Path copy = root.resolve("data/workspace").resolve(PLAYBOOK_FILE);
            if (removed) {
                Files.delete(copy);
            } else {
                Files.writeString(copy, "global: {}\n");
            }

            RunningWorkspace again = open(folder);
            assertThat(sent(again.current())).isEqualTo("{\"id\":\"p-1\"}");
            again.close();
        }
    }

    @Test
    void a_removed_file_of_a_pinned_kit_is_kept_and_an_added_one_is_left_out() throws Exception {
        WorkspaceFolder folder = folder();
        RunningWorkspace running = open(folder);
        Files.delete(folder.dir().resolve(PLAYBOOK_FILE));
        settle(running);
        assertThat(problems(running))
                .containsExactly(PLAYBOOK_FILE + ": " + USED + "was removed: put it back; still running as pinned");
        assertThat(sent(running.current())).isEqualTo("{\"id\":\"p-1\"}");
        running.close();

        Path second = root.resolve("second");
        WorkspaceFolder bare = new WorkspaceFolder(second)
                .write("pipelines/web.yaml", PIPELINE)
                .write("integrations/acme-main/1.yaml", REVISION)
                .write(KIT_FILE, KIT);
        Path data = Files.createDirectories(root.resolve("second-data"));
        RunningWorkspace other = RunningWorkspace.open(second, data, WorkspaceFolder.reader(Map.of()));
        bare.write(PLAYBOOK_FILE, PLAYBOOK);
        settle(other);
        assertThat(problems(other))
                .containsExactly(PLAYBOOK_FILE + ": " + USED + "was added: " + ANOTHER
                        + "remove this file; still running as pinned");
        assertThat(sent(other.current())).contains("UNMAPPED_EVENT");
    }

    @Test
    void a_damaged_copy_of_a_pinned_kit_is_not_used() throws Exception {
        WorkspaceFolder folder = folder();
        open(folder).close();
        Files.writeString(root.resolve("data/workspace").resolve(KIT_FILE), KIT + "scope: other\n");
        Problems problems = new Problems();

        WorkspaceFiles saved =
                new SavedWorkspace(root.resolve("data")).load(problems).orElseThrow();

        assertThat(saved.texts()).doesNotContainKeys(KIT_FILE, PLAYBOOK_FILE).isNotEmpty();
        assertThat(problems.sorted()).singleElement().asString().endsWith("it is not used");
    }

    private RunningWorkspace open(WorkspaceFolder folder) throws IOException, BrokenWorkspaceException {
        Path data = Files.createDirectories(root.resolve("data"));
        return RunningWorkspace.open(folder.dir(), data, WorkspaceFolder.reader(Map.of()));
    }

    private static void settle(RunningWorkspace running) {
        running.poll();
        running.poll();
    }

    private static List<String> problems(RunningWorkspace running) {
        return running.problems().stream().map(Problem::toString).toList();
    }
}
