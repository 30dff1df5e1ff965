package dev.waybill.author;

import static dev.waybill.author.TestDesk.BEN;
import static dev.waybill.author.TestDesk.json;
import static dev.waybill.author.TestDesk.seeing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.waybill.access.AuditFailedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Changing the files of pipelines.
class PipelinesTest {
    private static final String WEB = "pipelines/web.yaml";
    private static final String BY_HAND = """
            # The shop. Ask Ana before you change it.
            writeKey: "wk_web"        # public
            origins: [https://www.example.com]

            integrations:
              # live since May
              - integration: crm
                revision: 1           # see the ticket
                enabled: true
            """;
    private static final String REVISION = """
            kit: kargo
            parameters: {PARTNER_ID: p-1, ENDPOINT: https://kargo.example/e, SYNC_URL: https://crb.example/id}
            playbook: {events: {identify: {send: false}}}
            """;
    private static final EntityTag.Condition NONE = EntityTag.Condition.NONE;
    private static final EntityTag.Condition NEW = EntityTag.Condition.of("", "*");

    @TempDir
    Path root;

    private TestDesk desk;

    @BeforeEach
    void open() throws Exception {
        desk = new TestDesk(root);
        desk.write("integrations/crm/1.yaml", REVISION);
        desk.write(
                "integrations/crm/2.yaml",
                REVISION.replace("identify: {send: false}", "order_completed: {send: false}"));
        desk.write(WEB, BY_HAND);
        desk.settle();
    }

    private static String web(String pin) {
        return "{\"writeKey\":\"wk_web\",\"origins\":[\"https://www.example.com\"],\"integrations\":[%s]}"
                .formatted(pin);
    }

    @Test
    void a_pin_changes_one_number_of_a_file_that_somebody_wrote() throws Exception {
        Saved saved = desk.author.pipeline(
                BEN,
                "web",
                json(web("{\"integration\":\"crm\",\"revision\":2,\"enabled\":true}")),
                seeing(BY_HAND),
                false);

        assertThat(desk.read(WEB)).isEqualTo(BY_HAND.replace("revision: 1 ", "revision: 2 "));
        assertThat(saved.created()).isFalse();
        assertThat(saved.etag()).isEqualTo(EntityTag.of(desk.read(WEB)));
        assertThat(desk.audit).containsExactly("ben: revision pinned pipelines/web: crm/1 -> crm/2");
        desk.settle();
        assertThat(desk.running.current().pipelines().values())
                .singleElement()
                .satisfies(web ->
                        assertThat(web.integrations().getFirst().revision()).isEqualTo(2));
    }

    @Test
    void everything_that_changes_stands_in_the_audit_journal() {
        desk.author.pipeline(
                BEN,
                "web",
                json("{\"writeKey\":\"wk_web\",\"origins\":[\"https://m.example.com\"],\"integrations\":"
                        + "[{\"integration\":\"crm\",\"revision\":1,\"enabled\":false}]}"),
                NONE,
                false);
        assertThat(desk.audit)
                .containsExactly(
                        "ben: pipeline changed pipelines/web: {origins: [https://www.example.com], integrations:"
                                + " [{integration: crm, revision: 1, enabled: true}]} -> {origins: [https://m.example.com],"
                                + " integrations: [{integration: crm, revision: 1, enabled: false}]}");
    }

    @Test
    void what_changes_nothing_writes_nothing() throws Exception {
        var before = Files.getLastModifiedTime(desk.workspace.resolve(WEB));
        desk.author.pipeline(
                BEN,
                "web",
                json(web("{\"integration\":\"crm\",\"revision\":1,\"enabled\":true}")),
                seeing(BY_HAND),
                false);
        assertThat(Files.getLastModifiedTime(desk.workspace.resolve(WEB))).isEqualTo(before);
        assertThat(desk.audit).isEmpty();
    }

    @Test
    void a_new_pipeline_is_a_new_file() throws Exception {
        Saved saved = desk.author.pipeline(
                BEN,
                "app",
                json(
                        "{\"integrations\":[{\"integration\":\"crm\",\"revision\":1,\"mode\":\"shadow\"}],\"writeKey\":\"wk_app\","
                                + "\"origins\":[\"https://*.example.com\"],\"consent\":{\"scope\":\"gdpr\",\"category\":\"C0004\"}}"),
                NEW,
                false);
        assertThat(desk.read("pipelines/app.yaml")).isEqualTo("""
                writeKey: wk_app
                origins: [https://*.example.com]
                consent: {scope: gdpr, category: C0004}
                integrations:
                  - {integration: crm, revision: 1, mode: shadow}
                """);
        assertThat(saved.created()).isTrue();
        assertThat(desk.audit)
                .containsExactly(
                        "ben: pipeline created pipelines/app: null -> write key wk_app",
                        "ben: revision pinned pipelines/app: null -> crm/1");
        assertThat(refused(() -> desk.author.pipeline(BEN, "app", json(web("")), NEW, false)))
                .matches(
                        "changed: pipelines/app.yaml is there already, written by ben at 20\\S+Z; choose another name, or"
                                + " change that one with If-Match");
    }

    @Test
    void a_file_that_was_edited_by_hand_meanwhile_is_left_alone() throws Exception {
        String edited = BY_HAND + "identityWait: 5s  # Ben, Friday\n";
        desk.write(WEB, edited);
        String words =
                "changed: pipelines/web.yaml is newer than what this change was made from: it was written by hand at"
                        + " 20\\S+Z; look at it and change it again";

        assertThat(refused(() -> desk.author.pipeline(BEN, "web", json(web("")), seeing(BY_HAND), true)))
                .matches(words);
        assertThat(refused(() -> desk.author.pipeline(BEN, "web", json(web("")), NONE, true)))
                .as("also when the change doesn't say what it was made from")
                .matches(words);
        assertThat(desk.read(WEB)).isEqualTo(edited);
        Files.delete(desk.workspace.resolve(WEB));
        assertThat(refused(() -> desk.author.pipeline(BEN, "web", json(web("")), seeing(BY_HAND), true)))
                .isEqualTo("changed: pipelines/web.yaml is not there any more; put it back, or create it with"
                        + " If-None-Match: *");
    }

    @Test
    void an_edit_between_the_look_and_the_write_is_left_alone_too() throws Exception {
        TestDesk late = new TestDesk(root, new OvertakenDisk());
        assertThat(refused(() -> late.author.pipeline(BEN, "web", json(web("")), seeing(BY_HAND), true)))
                .isEqualTo(
                        "changed: pipelines/web.yaml was written by hand at this moment; look at it and change it again");
        assertThat(late.read(WEB)).endsWith("# a hand was faster\n");
        assertThat(late.audit)
                .last()
                .isEqualTo("ben: not written pipelines/web: null -> it was written by hand at that moment");
    }

    @Test
    void what_the_journal_can_not_hold_is_not_written() throws Exception {
        TestDesk deaf = TestDesk.withoutJournal(root);
        assertThatThrownBy(() -> deaf.author.pipeline(
                        BEN, "web", json(web("{\"integration\":\"crm\",\"revision\":2}")), NONE, false))
                .isInstanceOf(AuditFailedException.class)
                .hasMessageStartingWith("The audit journal can't be written (");
        assertThat(deaf.read(WEB)).isEqualTo(BY_HAND);
    }

    @Test
    void problems_elsewhere_that_a_change_brings_are_told_at_what_brings_them() throws Exception {
        desk.write("integrations/bare/1.yaml", "kit: kargo\nparameters: {PARTNER_ID: p}\n");
        desk.settle();
        assertThat(
                        problems(
                                "app",
                                "{\"writeKey\":\"wk_web\",\"integrations\":[{\"integration\":\"bare\",\"revision\":1},"
                                        + "{\"integration\":\"crm\",\"revision\":9},{\"integration\":\"crn\",\"revision\":1},{\"revison\":1}]}"))
                .contains(
                        "/integrations/1/revision found 9; there is no integrations/crm/9.yaml; revisions: 1, 2",
                        "/integrations/2/integration found 'crn'; there is no integrations/crn/; integrations: bare, crm."
                                + " Did you mean 'crm'?")
                .anyMatch(text -> text.startsWith("/integrations/3 'integration' is missing"))
                .anyMatch(text -> text.startsWith("/integrations/3/revison 'revison' is no known key here"))
                .anyMatch(text ->
                        text.startsWith("/writeKey pipelines/web.yaml: writeKey: the write key 'wk_web' is also"))
                .anyMatch(text -> text.startsWith(
                        "/integrations/0/revision integrations/bare/1.yaml: parameters: 'ENDPOINT' is missing"));
        assertThat(desk.workspace.resolve("pipelines/app.yaml")).doesNotExist();
    }

    private List<String> problems(String name, String sent) {
        Throwable thrown = catchThrowable(() -> desk.author.pipeline(BEN, name, json(sent), NONE, false));
        return ((Refused) Objects.requireNonNull(thrown))
                .problems().stream()
                        .map(found -> found.path() + " " + found.message())
                        .toList();
    }

    @Test
    void the_admin_token_can_not_be_read_by_way_of_a_write_key() {
        assertThat(problems("app", "{\"writeKey\":\"${WAYBILL_ADMIN_TOKEN}\"}"))
                .contains(
                        "/writeKey found ${WAYBILL_ADMIN_TOKEN}; variables that begin with WAYBILL_ are the server's own:"
                                + " use one of another name");
    }

    @Test
    void a_deployer_brings_no_variable_of_the_environment_and_keeps_those_that_stand() throws Exception {
        String filled = "{\"writeKey\":\"wk_app\",\"origins\":[\"https://b.example\",\"https://${REGION}.example\"]}";
        assertThat(problems("app", filled))
                .containsExactly("/origins/1 found ${REGION}, a variable of the server's environment that did not stand"
                        + " here before; write the value, or let somebody with the permission admin, or who writes"
                        + " files, put the reference here first");
        assertThat(problems("app", "{\"writeKey\":\"wk_app\",\"identityWait\":\"${REGION}\"}"))
                .anyMatch(problem -> problem.startsWith("/identityWait found 'REGION'; allowed: "))
                .noneMatch(problem -> problem.contains("'eu'"));
        desk.write("pipelines/app.yaml", "writeKey: wk_app\norigins: ['https://${REGION}.example']\n");
        desk.settle();
        desk.author.pipeline(BEN, "app", json(filled), NONE, false);
        assertThat(desk.read("pipelines/app.yaml")).contains("https://b.example", "https://${REGION}.example");
    }

    @Test
    void fixtures_that_would_differ_stop_a_pin_until_it_is_confirmed() throws Exception {
        String event = "{\"type\":\"track\",\"event\":\"Order Completed\",\"properties\":{},"
                + "\"context\":{\"providers\":{\"kargo\":{\"puid\":\"11111111-2222-3333-4444-555555555555\"}}}}";
        desk.write("tests/order/event.json", event);
        desk.write("tests/order/expected.json", "{\"outcome\":\"deliver\"}");
        desk.write("tests/always-other/event.json", event);
        desk.write("tests/always-other/expected.json", "{\"outcome\":\"invalid\"}");
        desk.write("tests/broken/event.json", "{");
        String pin = web("{\"integration\":\"crm\",\"revision\":2,\"enabled\":true}");

        Throwable thrown = catchThrowable(() -> desk.author.pipeline(BEN, "web", json(pin), seeing(BY_HAND), false));
        assertThat(thrown).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.getMessage())
                    .startsWith("fixtures_differ: ")
                    .endsWith(
                            " would show something else with crm: always-other, order; nothing was written; confirm to"
                                    + " go on");
            assertThat(refused.fixtures().getLast().diff())
                    .containsExactly(
                            "  event 1 in web/crm", "    outcome", "      - \"deliver\"", "      + \"filtered\"");
        });
        assertThat(desk.read(WEB)).isEqualTo(BY_HAND);
        desk.author.pipeline(BEN, "web", json(pin), seeing(BY_HAND), true);
        assertThat(desk.read(WEB)).contains("revision: 2");
        desk.settle();
        String off = web("{\"integration\":\"crm\",\"revision\":2,\"enabled\":false}");
        desk.author.pipeline(BEN, "web", json(off), NONE, false);
        assertThat(desk.read(WEB)).as("a switch is no pin").contains("enabled: false");
    }

    @Test
    void a_fixture_that_differs_just_as_before_stops_nothing() throws Exception {
        desk.write("tests/other/event.json", "{\"type\":\"page\"}");
        desk.write("tests/other/expected.json", "{\"outcome\":\"deliver\"}");
        desk.author.pipeline(
                BEN, "web", json(web("{\"integration\":\"crm\",\"revision\":2,\"enabled\":true}")), NONE, false);
        assertThat(desk.read(WEB)).contains("revision: 2");
    }

    @Test
    void a_file_that_can_not_be_changed_in_place_is_given_back_whole() throws Exception {
        String shared = "writeKey: wk_web\norigins: &o [https://a.example]\nx: *o\nintegrations: []\n";
        for (String text : List.of(shared, "writeKey: [", "a: 1\n---\nb: 2\n")) {
            desk.write(WEB, text);
            Throwable thrown = catchThrowable(() -> desk.author.pipeline(
                    BEN,
                    "web",
                    json("{\"writeKey\":\"wk_web\",\"origins\":[\"https://b.example\"],\"x\":[\"https://a.example\"]}"),
                    seeing(text),
                    false));
            assertThat(thrown).isInstanceOfSatisfying(Refused.class, refused -> {
                assertThat(refused.getMessage())
                        .isEqualTo("not_editable: pipelines/web.yaml can't be changed in place: it is no YAML, or uses"
                                + " anchors and aliases in what is to change; change it by hand, or put the text of this"
                                + " answer in its place, which has none of its comments");
                assertThat(Objects.requireNonNull(refused.draft()).yaml())
                        .isEqualTo("writeKey: wk_web\norigins: [https://b.example]\nx: [https://a.example]\n");
            });
            assertThat(desk.read(WEB)).isEqualTo(text);
        }
    }

    @Test
    void a_file_that_can_not_be_read_is_told_as_that() throws Exception {
        Files.write(desk.workspace.resolve(WEB), BY_HAND.replace("#", "# ä").getBytes(StandardCharsets.ISO_8859_1));
        for (EntityTag.Condition from : List.of(NONE, seeing(BY_HAND))) {
            assertThat(refused(() -> desk.author.pipeline(BEN, "web", json(web("")), from, false)))
                    .isEqualTo("not_editable: pipelines/web.yaml can't be changed in place: not UTF-8 text; save it as"
                            + " UTF-8; mend it by hand, or put the text of this answer in its place");
        }
    }

    @Test
    void a_list_without_end_is_refused_before_it_is_held_against_the_file() {
        String many = String.join(",", java.util.Collections.nCopies(1001, "\"https://a.example\""));
        assertThat(problems("web", "{\"writeKey\":\"wk_web\",\"origins\":[" + many + "]}"))
                .containsExactly("/origins found 1001 items; allowed: 1000");
    }

    @Test
    void a_pipeline_keeps_its_name_and_names_lead_nowhere_else() {
        assertThat(problems("web", "{\"name\":\"app\",\"writeKey\":\"wk_web\"}").getFirst())
                .startsWith("/name the path says 'web'; leave name out, or write the same.");
        for (String name : List.of("", "..", "../web", "a/b", "web.yaml")) {
            assertThat(refused(() -> desk.author.pipeline(BEN, name, json(web("")), NONE, false)))
                    .isEqualTo("bad_name: found '" + name
                            + "' as the name of a pipeline; allowed: letters, digits, - and _, at most 64");
        }
    }

    @Test
    void a_workspace_that_can_not_be_written_gives_the_changed_text() {
        TestDesk locked = new TestDesk(root, new LockedDisk(false));
        Throwable thrown = catchThrowable(() -> locked.author.pipeline(
                BEN, "web", json(web("{\"integration\":\"crm\",\"revision\":2,\"enabled\":true}")), NONE, false));
        assertThat(thrown).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Refused.Reason.READ_ONLY);
            assertThat(Objects.requireNonNull(refused.draft()))
                    .isEqualTo(new Refused.Draft(WEB, BY_HAND.replace("revision: 1 ", "revision: 2 ")));
        });
    }

    @Test
    void a_file_beside_broken_ones_is_written_and_the_answer_says_why_it_does_not_run() throws Exception {
        desk.write("pipelines/other.yaml", "writeKey: ''\n");
        desk.settle();
        Saved saved = desk.author.pipeline(
                BEN,
                "web",
                json(web("{\"integration\":\"crm\",\"revision\":1,\"enabled\":false}")),
                seeing(BY_HAND),
                false);
        assertThat(saved.inForce()).isFalse();
        assertThat(saved.warnings().getLast().message())
                .isEqualTo("the file is written; the server has not taken it yet");
        assertThat(desk.read(WEB)).contains("enabled: false");
    }

    private static String refused(ThrowingCallable save) {
        Throwable thrown = catchThrowable(save);
        assertThat(thrown).isInstanceOf(Refused.class);
        return String.valueOf(thrown.getMessage());
    }
}
