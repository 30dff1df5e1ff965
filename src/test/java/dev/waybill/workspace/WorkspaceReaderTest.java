package dev.waybill.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.config.Problems;
import dev.waybill.workspace.Workspace.RevisionKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceReaderTest {
    @TempDir
    Path dir;

    @Test
    void a_workspace_without_mistakes_gives_pipelines_and_every_revision() {
        WorkspaceFolder folder = new WorkspaceFolder(dir)
                .valid()
                .write("integrations/kargo-main/2.yaml", WorkspaceFolder.REVISION)
                .write("integrations/kargo-main/README.md", "passed over")
                .write("pipelines/.web.yaml.swp", "passed over");
        Problems problems = new Problems();

        Workspace workspace = folder.read(problems).orElseThrow();

        assertThat(problems.sorted()).isEmpty();
        assertThat(workspace.settings()).isEqualTo(Settings.DEFAULT);
        assertThat(workspace.pipelines()).containsOnlyKeys("web");
        assertThat(workspace.integrations())
                .containsOnlyKeys(new RevisionKey("kargo-main", 1), new RevisionKey("kargo-main", 2));
    }

    @Test
    void all_mistakes_of_all_files_are_told_at_once_with_file_line_path_and_what_to_do() {
        new WorkspaceFolder(dir)
                .write("waybill.yaml", """
                        durabilty: fsync
                        durability: memory
                        publicUrl: ftp://x
                        trustedProxies: [proxy.local]
                        limits: {depth: 0, perWriteKey: many, eventBytes: 1TB}
                        log: {retention: forever, overflow: drop-newest}
                        admin: {port: 99999}
                        """)
                .write("pipelines/web.yaml", """
                        writeKey: wk_same
                        origins: [https://www.example.com/shop, http://*.example.com]
                        cookie: {name: 'a b'}
                        sync: {cookieDays: 401}
                        consent: {scope: eu, category: '${secret:X}'}
                        identityWait: ${WAIT}
                        integrations:
                          - {integration: kargo-mian, revision: 1}
                          - {integration: kargo-main, revision: 7}
                          - {integration: kargo-main, revision: 1, mode: shadwo, startFrom: yesterday}
                        """)
                .write("pipelines/app.yaml", "writeKey: wk_same\n")
                .write("pipelines/empty.yaml", "writeKey: ''\n")
                .write("pipelines/my shop.yaml", "writeKey: wk_2\n")
                .write("pipelines/late.yml", "writeKey: wk_3\n")
                .write("integrations/kargo-main/1.yaml", WorkspaceFolder.REVISION.replace("kit: kargo", "kit: kargoo"))
                .write("integrations/kargo-main/first.yaml", "kit: kargo\n")
                .write("integrations/loose.yaml", "kit: kargo\n");

        assertThat(new WorkspaceFolder(dir).problems(Map.of()).stream().filter(problem -> !problem.contains("warning")))
                .contains(
                        "integrations/kargo-main/1.yaml:1: kit: there is no kit 'kargoo'; allowed: kargo, webhook. Did you mean"
                                + " 'kargo'?",
                        "integrations/kargo-main/first.yaml: found 'first' as a revision's file name; allowed: a number"
                                + " from 1, such as 1.yaml",
                        "integrations/loose.yaml: a revision lies in its integration's directory, such as"
                                + " integrations/loose/1.yaml",
                        "pipelines/empty.yaml:1: 'writeKey' is missing: the key that the site's events carry, such as"
                                + " wk_web",
                        "pipelines/late.yml: files of a workspace end in .yaml: rename it",
                        "pipelines/my shop.yaml: found 'my shop' as a pipeline's file name; allowed: letters, digits, -"
                                + " and _, at most 64",
                        "pipelines/web.yaml:1: writeKey: the write key 'wk_same' is also that of pipelines/app.yaml;"
                                + " each pipeline needs its own",
                        "pipelines/web.yaml:2: origins[0]: found 'https://www.example.com/shop'; allowed: an origin"
                                + " without a path, such as https://www.example.com, http://localhost:3000 or"
                                + " https://*.example.com",
                        "pipelines/web.yaml:2: origins[1]: found 'http://*.example.com'; allowed: an origin without a"
                                + " path, such as https://www.example.com, http://localhost:3000 or"
                                + " https://*.example.com",
                        "pipelines/web.yaml:3: cookie.name: found 'a b'; allowed: a cookie name: letters, digits, - and"
                                + " _, at most 100",
                        "pipelines/web.yaml:4: sync.cookieDays: found '401'; allowed: a whole number from 1 to 400",
                        "pipelines/web.yaml:5: consent.scope: found 'eu'; allowed: us, gdpr.",
                        "pipelines/web.yaml:5: consent.category: found '${secret:X}'; secrets stand only in an"
                                + " integration's parameters",
                        "pipelines/web.yaml:6: identityWait: the environment variable WAIT is not set; set it before the"
                                + " start",
                        "pipelines/web.yaml:8: integrations[0].integration: found 'kargo-mian'; there is no"
                                + " integrations/kargo-mian/; integrations: kargo-main. Did you mean 'kargo-main'?",
                        "pipelines/web.yaml:9: integrations[1].revision: found 7; there is no"
                                + " integrations/kargo-main/7.yaml; revisions: 1",
                        "pipelines/web.yaml:10: integrations[2].integration: the integration 'kargo-main' stands in this pipeline"
                                + " twice; keep one pin",
                        "pipelines/web.yaml:10: integrations[2].mode: found 'shadwo'; allowed: live, shadow. Did you"
                                + " mean 'shadow'?",
                        "pipelines/web.yaml:10: integrations[2].startFrom: found 'yesterday'; allowed: now, earliest, or"
                                + " a time such as 2026-11-01T00:00:00Z",
                        "waybill.yaml:1: durabilty: 'durabilty' is no known key here; allowed: admin,"
                                + " allowPrivateEndpoints, deadLetters, dedup, durability, limits, log, metrics,"
                                + " publicUrl, trustedProxies. Did you mean 'durability'?",
                        "waybill.yaml:2: durability: found 'memory'; allowed: fsync, os.",
                        "waybill.yaml:3: publicUrl: found 'ftp://x'; allowed: an http or https URL without user, query"
                                + " and fragment, such as https://collect.example.com",
                        "waybill.yaml:4: trustedProxies[0]: found 'proxy.local'; allowed: an IP address, such as"
                                + " 10.0.0.7 or fd00::7",
                        "waybill.yaml:5: limits.depth: found '0'; allowed: a whole number from 2 to 500",
                        "waybill.yaml:5: limits.perWriteKey: found 'many'; allowed: unlimited, or events a second such"
                                + " as 100 or 100/s",
                        "waybill.yaml:6: log.overflow: found 'drop-newest'; allowed: refuse, drop-oldest. Did you mean"
                                + " 'drop-oldest'?",
                        "waybill.yaml:7: admin.port: found '99999'; allowed: a whole number from 0 to 65535")
                .hasSizeGreaterThan(27);
    }

    @Test
    void a_directory_that_is_not_there_is_a_problem() {
        assertThat(new WorkspaceFolder(dir.resolve("none")).problems(Map.of()))
                .containsExactly(dir.resolve("none") + ": there is no such directory; a workspace is one");
    }

    @Test
    void a_file_that_is_no_text_and_a_link_to_nowhere_are_problems_and_a_good_link_is_none() throws IOException {
        new WorkspaceFolder(dir).valid();
        Files.write(dir.resolve("waybill.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe});
        Files.createSymbolicLink(dir.resolve("pipelines/lost.yaml"), dir.resolve("gone"));
        Files.createSymbolicLink(dir.resolve("integrations/linked"), dir.resolve("integrations/kargo-main"));

        assertThat(new WorkspaceFolder(dir).problems(Map.of()))
                .containsExactly(
                        "pipelines/lost.yaml: can't be read: it is not there (a link to nowhere?)",
                        "waybill.yaml: not UTF-8 text; save it as UTF-8");
    }

    @Test
    void only_addresses_in_the_own_network_are_refused_and_only_until_they_are_allowed() {
        for (String host : List.of(
                "localhost",
                "127.0.0.1",
                "10.1.2.3",
                "192.168.0.1",
                "169.254.169.254",
                "[::1]",
                "[fd00::1]",
                "0.0.0.0")) {
            new WorkspaceFolder(dir)
                    .valid()
                    .write("waybill.yaml", "allowPrivateEndpoints: false\n")
                    .write(
                            "integrations/kargo-main/1.yaml",
                            WorkspaceFolder.REVISION.replace(
                                    "https://kargo.example/events", "'https://${HOST}/events'"));

            Map<String, String> environment = Map.of("HOST", host);
            assertThat(new WorkspaceFolder(dir).problems(environment))
                    .containsExactly("integrations/kargo-main/1.yaml:2: parameters.ENDPOINT: '"
                            + host.replaceAll("[\\[\\]]", "")
                            + "' is a loopback, private or link-local address; use a public one, or set"
                            + " allowPrivateEndpoints: true in waybill.yaml");
            new WorkspaceFolder(dir).write("waybill.yaml", "allowPrivateEndpoints: true\n");
            assertThat(new WorkspaceFolder(dir).problems(environment)).isEmpty();
        }
    }

    @Test
    void an_endpoint_is_demanded_only_where_something_is_really_sent() {
        String without = WorkspaceFolder.REVISION.replace("ENDPOINT: https://kargo.example/events, ", "");
        WorkspaceFolder folder = new WorkspaceFolder(dir).valid().write("integrations/kargo-main/1.yaml", without);

        assertThat(folder.problems(Map.of())).singleElement().asString().contains("ENDPOINT");
        folder.write(
                "pipelines/web.yaml", WorkspaceFolder.PIPELINE.replace("revision: 1", "revision: 1, mode: shadow"));
        assertThat(folder.problems(Map.of())).isEmpty();
    }

    private static String withoutSync(String more) {
        return """
                kit: kargo
                parameters: {PARTNER_ID: p-1, ENDPOINT: https://kargo.example/events%s}
                playbook: {events: {identify: {send: false}}}
                """.formatted(more);
    }

    @Test
    void a_redirect_that_leads_nowhere_is_a_warning_and_the_unused_sync_url_none() {
        WorkspaceFolder folder = new WorkspaceFolder(dir)
                .valid()
                .write("pipelines/web.yaml", WorkspaceFolder.PIPELINE + "sync: {sources: [redirect]}\n")
                .write("integrations/kargo-main/1.yaml", withoutSync(""));

        assertThat(folder.problems(Map.of()))
                .containsExactly(
                        "pipelines/web.yaml:4: warning: sync.sources: 'redirect' leads nowhere: no integration here"
                                + " has a redirect URL (Kargo's is REDIRECT_URL); set it, or take 'redirect' out");

        folder.write("integrations/kargo-main/1.yaml", withoutSync(", REDIRECT_URL: 'https://crb.example/dsync/Shop'"));
        assertThat(folder.problems(Map.of())).isEmpty();
    }

    @Test
    void what_is_allowed_but_perhaps_not_meant_is_a_warning() {
        WorkspaceFolder folder = new WorkspaceFolder(dir)
                .valid()
                .write(
                        "pipelines/web.yaml",
                        WorkspaceFolder.PIPELINE.replace("origins: [https://www.example.com]\n", ""))
                .write("integrations/kargo-main/1.yaml", """
                        kit: kargo
                        parameters: {PARTNER_ID: p-1, ENDPOINT: https://kargo.example/events}
                        playbook:
                          events:
                            One: {enrichments: [{output: event, value: newsletter_signup}]}
                            Two: {enrichments: [{output: event, value: Newsletter Signup}]}
                        """);

        assertThat(folder.problems(Map.of()))
                .containsExactly(
                        "integrations/kargo-main/1.yaml:1: warning: identify sends all traits, which may hold e-mail"
                                + " addresses, names or phone numbers; leave them out with 'exclude' under"
                                + " playbook.events.identify, or write 'identify: {send: false}'",
                        "integrations/kargo-main/1.yaml:2: warning: parameters: 'SYNC_URL' is not set: browsers can't ask"
                                + " the destination who the visitor is, so that only events which bring the identifier"
                                + " themselves are sent",
                        "integrations/kargo-main/1.yaml:6: warning: playbook.events.Two: the output name 'Newsletter"
                                + " Signup' looks like 'newsletter_signup' of the event 'One' in line 5; the destination"
                                + " counts them apart",
                        "pipelines/web.yaml:1: warning: 'origins' is empty: any website may send events with this write"
                                + " key, and browsers keep no first-party cookie; list the site's origins, which the destination of"
                                + " 'kargo-main' must allow-list too (see waybill sync-check)");
        assertThat(folder.read(new Problems())).isPresent();
    }

    @Test
    void what_is_doubtful_in_a_revision_that_nobody_pins_is_not_told_and_what_is_wrong_is() {
        String doubtful = WorkspaceFolder.REVISION.replace(
                "{send: false}", "{send: false}, Looked: {enrichments: [{output: event, value: productViewed}]}");
        WorkspaceFolder folder = new WorkspaceFolder(dir).valid().write("integrations/kargo-main/2.yaml", doubtful);

        assertThat(folder.problems(Map.of())).isEmpty();
        folder.write("pipelines/web.yaml", WorkspaceFolder.PIPELINE.replace("revision: 1", "revision: 2"));
        assertThat(folder.problems(Map.of())).singleElement().asString().contains("'product_viewed' of the kit's own");
        folder.write("integrations/kargo-main/3.yaml", doubtful.replace("playbook", "playbok"));
        assertThat(folder.problems(Map.of())).hasSize(2).last().asString().contains("Did you mean 'playbook'?");
    }

    @Test
    void a_workspace_may_be_empty() {
        Problems problems = new Problems();

        assertThat(new WorkspaceFolder(dir).read(problems)).isPresent();
        assertThat(problems.sorted()).isEmpty();
    }
}
