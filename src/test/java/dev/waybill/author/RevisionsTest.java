package dev.waybill.author;

import static dev.waybill.author.TestDesk.ANA;
import static dev.waybill.author.TestDesk.BEN;
import static dev.waybill.author.TestDesk.json;
import static dev.waybill.author.TestDesk.seeing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.access.AuditFailedException;
import dev.waybill.access.Caller;
import dev.waybill.json.JsonText;
import dev.waybill.kit.KitLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Saving revisions of integrations.
class RevisionsTest {
    private static final String FIRST = "integrations/crm/1.yaml";
    private static final String SECOND = "integrations/crm/2.yaml";
    private static final int REFUSED = -1;
    private static final EntityTag.Condition NONE = EntityTag.Condition.NONE;

    private static final String SENT = """
            {"name":"crm","kit":"kargo","note":"first version",
             "parameters":{"PARTNER_ID":"p-1","ENDPOINT":"https://kargo.example/eu","SYNC_URL":"https://crb.example/id"},
             "secrets":{"AUTH_TOKEN":"s3cret-token"},
             "playbook":{"global":{"mappings":[{"output":"page_url","input":"properties.url"}],
                                   "filters":[{"name":"no-tests","deny":"event.properties.test == true"}]},
                         "events":{"identify":{"send":false},
                                   "Newsletter v1.5":{"mappings":[{"output":"params","input":"properties"}]}}},
             "limits":{"policy":"trim"},"maxEventAge":"72h"}""";

    @TempDir
    Path root;

    private TestDesk desk;

    @BeforeEach
    void open() {
        desk = new TestDesk(root);
    }

    @Test
    void the_first_revision_is_a_file_that_a_person_could_have_written() throws Exception {
        Saved saved = desk.author.create(ANA, json(SENT));

        assertThat(desk.read(FIRST)).isEqualTo("""
                kit: kargo
                note: first version
                author: ana
                parameters:
                  PARTNER_ID: p-1
                  ENDPOINT: https://kargo.example/eu
                  SYNC_URL: https://crb.example/id
                  AUTH_TOKEN: '${secret:crm-AUTH_TOKEN-1}'
                playbook:
                  global:
                    mappings:
                      - {output: page_url, input: properties.url}
                    filters:
                      - {name: no-tests, deny: event.properties.test == true}
                  events:
                    identify: {send: false}
                    Newsletter v1.5:
                      mappings:
                        - {output: params, input: properties}
                limits: {policy: trim}
                maxEventAge: 72h
                """);
        assertThat(saved)
                .extracting(Saved::revision, Saved::path, Saved::created)
                .containsExactly(1, FIRST, true);
        assertThat(saved.etag()).isEqualTo(EntityTag.of(desk.read(FIRST)));
        desk.settle();
        assertThat(desk.running.problems()).isEmpty();
        assertThat(desk.running.files().texts()).containsKey(FIRST);
    }

    @Test
    void a_secret_is_kept_apart_and_told_nowhere() throws Exception {
        Saved saved = desk.author.create(ANA, json(SENT));

        Path file = desk.data.resolve("secrets/crm-AUTH_TOKEN-1");
        assertThat(file).hasContent("s3cret-token");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(desk.audit)
                .containsExactly(
                        "ana: secret changed integrations/crm/1: null -> ${secret:crm-AUTH_TOKEN-1}",
                        "ana: integration created integrations/crm/1: null -> revision 1: first version");
        assertThat(desk.read(FIRST) + saved + desk.audit).doesNotContain("s3cret");
    }

    @Test
    void a_secret_that_is_left_out_stays_and_another_value_changes_nothing_that_runs() throws Exception {
        desk.author.create(ANA, json(SENT));

        desk.author.revise(ANA, "crm", json(withoutSecrets()), NONE);
        assertThat(desk.read(SECOND)).contains("AUTH_TOKEN: '${secret:crm-AUTH_TOKEN-1}'");
        desk.author.revise(ANA, "crm", json(SENT.replace("s3cret-token", "other-token")), NONE);
        assertThat(desk.read("integrations/crm/3.yaml")).contains("'${secret:crm-AUTH_TOKEN-3}'");
        assertThat(desk.secret("crm-AUTH_TOKEN-1")).isEqualTo("s3cret-token");
        assertThat(desk.secret("crm-AUTH_TOKEN-3")).isEqualTo("other-token");
        desk.author.revise(ANA, "crm", json(SENT.replace("\"s3cret-token\"", "null")), NONE);
        assertThat(desk.read("integrations/crm/4.yaml")).doesNotContain("AUTH_TOKEN");
    }

    @Test
    void a_reference_is_kept_as_it_is_typed_and_a_value_among_the_parameters_is_a_secret_too() throws Exception {
        desk.author.create(Caller.TOKEN, json(SENT.replace("s3cret-token", "${REGION}")));
        assertThat(desk.read(FIRST)).contains("AUTH_TOKEN: '${REGION}'");
        assertThat(desk.data.resolve("secrets")).doesNotExist();

        desk.author.revise(
                ANA,
                "crm",
                json(withoutSecrets().replace("\"PARTNER_ID\"", "\"AUTH_TOKEN\":\"typed-here\",\"PARTNER_ID\"")),
                NONE);
        assertThat(desk.read(SECOND)).contains("AUTH_TOKEN: '${secret:crm-AUTH_TOKEN-2}'");
        assertThat(desk.secret("crm-AUTH_TOKEN-2")).isEqualTo("typed-here");
    }

    @Test
    void an_editor_brings_no_reference_to_the_environment_or_to_the_secret_of_another() throws Exception {
        String odd = SENT.replace("\"p-1\"", "\"p-${REGION}\"")
                .replace("s3cret-token", "${secret:crm-main-AUTH_TOKEN-1}")
                .replace("kargo.example/eu", "kargo.example/${secret:crm-AUTH_TOKEN-1}");
        assertThatThrownBy(() -> desk.author.create(ANA, json(odd)))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.problems())
                                .filteredOn(finding -> finding.message().startsWith("found ${"))
                                .extracting(finding -> finding.path() + " " + finding.message())
                                .containsExactly(
                                        "/parameters/PARTNER_ID found ${REGION}, a variable of the server's environment"
                                                + " that did not stand here before; write the value, or let somebody with"
                                                + " the permission admin, or who writes files, put the reference here"
                                                + " first",
                                        "/parameters/ENDPOINT found ${secret:crm-AUTH_TOKEN-1}, which is not a secret of"
                                                + " this parameter; give the value under secrets, or let somebody with"
                                                + " the permission admin, or who writes files, put the reference here"
                                                + " first",
                                        "/parameters/AUTH_TOKEN found ${secret:crm-main-AUTH_TOKEN-1}, which is not a"
                                                + " secret of this parameter; give the value under secrets, or let"
                                                + " somebody with the permission admin, or who writes files, put the"
                                                + " reference here first"));
        assertThat(desk.workspace.resolve("integrations")).doesNotExist();

        desk.author.create(Caller.TOKEN, json(SENT.replace("\"p-1\"", "\"p-${REGION}\"")));
        String stands = withoutSecrets().replace("\"p-1\"", "\"q-${REGION}\"");
        desk.author.revise(ANA, "crm", json(stands), NONE);
        assertThat(desk.read(SECOND)).contains("PARTNER_ID: 'q-${REGION}'", "'${secret:crm-AUTH_TOKEN-1}'");
        assertThat(refused(() -> desk.author.revise(
                        ANA, "crm", json(stands.replace("crb.example/id", "crb.example/${REGION}")), NONE)))
                .startsWith("invalid: 1 problem");
        assertThat(desk.author.check(ANA, "crm", json(stands))).noneMatch(Finding::isError);
    }

    @Test
    void no_problem_tells_the_value_of_a_variable_that_may_not_be_brought() {
        String probe = SENT.replace("https://kargo.example/eu", "http://x${REGION}y.localhost/");
        assertThat(desk.author.check(ANA, "crm", json(probe)))
                .extracting(Finding::message)
                .anyMatch(message -> message.startsWith("found ${REGION}, "))
                .anyMatch(message -> message.startsWith("'xregiony.localhost' is a loopback"))
                .noneMatch(message -> message.contains("xeuy"));
    }

    @Test
    void a_secret_of_its_own_may_be_named_with_and_without_a_number() {
        assertThat(SecretParameters.isOwn("crm", "KEY", "crm-KEY")).isTrue();
        assertThat(SecretParameters.isOwn("crm", "KEY", "crm-KEY-12")).isTrue();
        String longest = "c".repeat(64);
        assertThat(SecretParameters.isOwn(longest, "K".repeat(60), SecretParameters.name(longest, "K".repeat(60), 7)))
                .isTrue();
        for (String other : List.of("KEY", "crm-OTHER-1", "crm-KEY-1-1", "crm-KEY-0", "crm-main-KEY-1", "rm-KEY-1")) {
            assertThat(SecretParameters.isOwn("crm", "KEY", other)).as(other).isFalse();
        }
    }

    @Test
    void a_password_that_only_looks_like_a_reference_in_its_middle_is_kept_apart_like_any_other() throws Exception {
        desk.author.create(ANA, json(SENT.replace("s3cret-token", "pa${HOME}ss-9")));
        assertThat(desk.read(FIRST)).contains("AUTH_TOKEN: '${secret:crm-AUTH_TOKEN-1}'");
        assertThat(desk.secret("crm-AUTH_TOKEN-1")).isEqualTo("pa${HOME}ss-9");
    }

    @Test
    void text_beside_a_reference_that_somebody_wrote_into_a_file_stays_in_the_next_revision() throws Exception {
        String byHand = "kit: kargo\nparameters: {PARTNER_ID: p-1, AUTH_TOKEN: 'eu-${REGION}'}\n";
        desk.write(FIRST, byHand);
        desk.settle();
        desk.author.revise(
                ANA, "crm", HiddenSecrets.of(byHand, KitLibrary.builtIn()).file(), seeing(byHand));
        assertThat(desk.read(SECOND)).contains("AUTH_TOKEN: 'eu-${REGION}'");
    }

    @Test
    void a_secret_that_somebody_wrote_into_a_file_is_not_shown_and_moves_out_with_the_next_revision() throws Exception {
        String byHand = """
                # by hand
                kit: kargo
                parameters:
                  PARTNER_ID: p-1
                  AUTH_TOKEN: "open-value"   # oops
                """;
        desk.write(FIRST, byHand);
        desk.settle();

        HiddenSecrets shown = HiddenSecrets.of(byHand, KitLibrary.builtIn());
        assertThat(JsonText.write(shown.file()))
                .isEqualTo("{\"kit\":\"kargo\",\"parameters\":{\"PARTNER_ID\":\"p-1\"}}");
        assertThat(shown.yaml())
                .isEqualTo(byHand.replace("open-value", "(not shown: a secret stands here in the open)"));
        desk.author.revise(ANA, "crm", shown.file(), seeing(byHand));
        assertThat(desk.read(SECOND)).contains("'${secret:crm-AUTH_TOKEN-2}'").doesNotContain("open-value");
        assertThat(desk.secret("crm-AUTH_TOKEN-2")).isEqualTo("open-value");
    }

    @Test
    void of_a_file_whose_kit_is_not_known_no_parameter_is_shown() {
        HiddenSecrets shown =
                HiddenSecrets.of("kit: kargoo\nparameters: {X: value, Y: '${secret:Y}'}\n", KitLibrary.builtIn());
        assertThat(shown.file().toString() + shown.yaml())
                .doesNotContain("value")
                .contains("${secret:Y}");
    }

    @Test
    void of_two_who_save_at_once_the_second_is_told_what_is_newer() throws Exception {
        desk.author.create(ANA, json(SENT));
        String seen = desk.read(FIRST);
        desk.author.revise(ANA, "crm", json(SENT.replace("first version", "by Ana")), seeing(seen));

        assertThat(refused(() -> desk.author.revise(Caller.TOKEN, "crm", json(SENT), seeing(seen))))
                .matches("changed: revision 2 of crm is newer than what this change was made from: 'by Ana' of ana,"
                        + " written by ana at 20\\S+Z; look at it and save again");
        assertThat(desk.workspace.resolve("integrations/crm/3.yaml")).doesNotExist();
        desk.author.revise(Caller.TOKEN, "crm", json(SENT), seeing(desk.read(SECOND)));
        assertThat(desk.workspace.resolve("integrations/crm/3.yaml")).exists();
    }

    @Test
    void many_who_save_at_once_get_a_number_each_and_of_those_with_one_tag_one_gets_through() throws Exception {
        desk.author.create(ANA, json(SENT));
        String seen = desk.read(FIRST);

        assertThat(atOnce(() ->
                        desk.author.revise(ANA, "crm", json(SENT), seeing(seen)).revision()))
                .containsOnlyOnce(2)
                .filteredOn(number -> number == REFUSED)
                .hasSize(7);
        assertThat(atOnce(() -> desk.author.revise(ANA, "crm", json(SENT), NONE).revision()))
                .containsExactlyInAnyOrder(3, 4, 5, 6, 7, 8, 9, 10);
    }

    private static List<Integer> atOnce(Callable<Integer> save) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Integer>> saves = java.util.Collections.nCopies(8, save);
            return threads.invokeAll(saves).stream().map(RevisionsTest::number).toList();
        }
    }

    private static Integer number(Future<Integer> save) {
        return save.state() == Future.State.SUCCESS ? save.resultNow() : REFUSED;
    }

    @Test
    void a_number_is_never_given_twice_also_when_its_file_is_gone_and_the_server_starts_anew() throws Exception {
        desk.author.create(ANA, json(SENT));
        desk.author.revise(ANA, "crm", json(SENT), NONE);
        Files.delete(desk.workspace.resolve(SECOND));
        desk.settle();
        assertThat(desk.author.revise(ANA, "crm", json(SENT), NONE).revision()).isEqualTo(3);

        desk.write("integrations/crm/7.yaml", desk.read(FIRST));
        desk.settle();
        Files.delete(desk.workspace.resolve("integrations/crm/7.yaml"));
        desk.settle();
        TestDesk again = new TestDesk(root);
        assertThat(again.author.revise(ANA, "crm", json(SENT), NONE).revision()).isEqualTo(8);
    }

    @Test
    void a_name_that_is_taken_or_not_known_is_told() {
        desk.author.create(ANA, json(SENT));
        assertThat(refused(() -> desk.author.create(ANA, json(SENT))))
                .isEqualTo(
                        "exists: there is an integration 'crm' already; save a revision of it, or choose another name");
        assertThat(refused(() -> desk.author.revise(ANA, "crn", json(SENT), NONE)))
                .isEqualTo("not_found: there is no integration 'crn'; known: crm. Did you mean 'crm'?");
        assertThat(refused(() -> desk.author.create(ANA, json("{\"kit\":\"kargo\"}"))))
                .isEqualTo("invalid: 1 problem; nothing was written");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../x", "a/b", "a\\b", "/etc", "a\u0000", "a b", "ä", ".hidden", "a.yaml"})
    void a_name_that_leads_anywhere_else_is_refused(String name) throws Exception {
        String sent = JsonText.write(json(SENT).toBuilder().put("name", name).build());
        assertThat(refused(() -> desk.author.create(ANA, json(sent))))
                .startsWith("bad_name: found '")
                .endsWith("' as the name of an integration; allowed: letters, digits, - and _, at most 64");
        assertThat(refused(() -> desk.author.revise(ANA, name, json(SENT), NONE)))
                .startsWith("bad_name: ");
        assertThat(refused(() -> desk.author.check(ANA, name, json(SENT)))).startsWith("bad_name: ");
        try (var files = Files.walk(root)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> root.relativize(file).toString()))
                    .allMatch(file -> file.startsWith("data/workspace"));
        }
    }

    @Test
    void all_problems_are_told_at_once_by_their_place_in_what_was_sent() {
        List<Finding> found = desk.author.check(ANA, "crm", json("""
                {"kit":"kargo","notes":"x","author":"somebody else",
                 "parameters":{"PARTNER_ID":"${WAYBILL_ADMIN_TOKEN}","SYNC_URL":"no url","AUTH_TOKEN":"two words"},
                 "secrets":{"TOKEN":"t"},
                 "playbook":{"events":{"a.b/c[0]":{"mappings":[{"output":"parms.x","input":"properties.x"}]}}},
                 "maxEventAge":"soon"}"""));

        assertThat(found)
                .extracting(finding -> finding.path() + " " + finding.message())
                .contains(
                        "/secrets/TOKEN the kit has no secret parameter of that name; allowed: AUTH_TOKEN.",
                        "/parameters/PARTNER_ID found ${WAYBILL_ADMIN_TOKEN}; variables that begin with WAYBILL_ are the"
                                + " server's own: use one of another name",
                        "/maxEventAge found 'soon'; allowed: a duration such as 250ms, 10s, 5m, 72h or 30d")
                .anyMatch(text -> text.startsWith("/notes 'notes' is no known key here"))
                .anyMatch(text -> text.startsWith("/parameters/SYNC_URL the value is no"))
                .anyMatch(text -> text.startsWith("/parameters/AUTH_TOKEN the value does not match"))
                .anyMatch(
                        text -> text.startsWith("/playbook/events/a.b~1c[0]/mappings/0/output 'parms.x' is no output"));
        assertThat(found.toString()).doesNotContain("two words");
    }

    @Test
    void what_only_a_sender_needs_is_a_warning() {
        assertThat(desk.author.check(ANA, "crm", json("{\"kit\":\"kargo\",\"parameters\":{\"PARTNER_ID\":\"p\"}}")))
                .filteredOn(finding -> finding.message().contains("ENDPOINT"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.isError()).isFalse();
                    assertThat(finding.path()).isEqualTo("/parameters");
                    assertThat(finding.message())
                            .startsWith("'ENDPOINT' is missing: ")
                            .endsWith(" A pipeline can send by this revision only with it.");
                });
        assertThat(desk.workspace.resolve("integrations")).doesNotExist();
    }

    @Test
    void odd_bodies_are_problems_and_never_files() {
        for (String body : List.of(
                "{}",
                "{\"kit\":3}",
                "{\"kit\":\"kargo\",\"parameters\":[1]}",
                "{\"kit\":\"kargo\",\"parameters\":{\"AUTH_TOKEN\":{\"a\":1}}}",
                "{\"kit\":\"kargo\",\"secrets\":\"x\"}",
                "{\"kit\":\"nope\",\"secrets\":{\"AUTH_TOKEN\":\"x\"}}",
                "{\"kit\":\"kargo\",\"playbook\":\"\\u0000\"}")) {
            String named =
                    JsonText.write(json(body).toBuilder().put("name", "crm").build());
            assertThatThrownBy(() -> desk.author.create(ANA, json(named)))
                    .as(body)
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Refused.Reason.INVALID));
        }
        assertThat(desk.workspace.resolve("integrations")).doesNotExist();
    }

    @Test
    void a_workspace_that_can_not_be_written_gives_the_text_to_download() throws Exception {
        TestDesk locked = new TestDesk(root, new LockedDisk(false));
        assertThatThrownBy(() -> locked.author.create(ANA, json(SENT)))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(Refused.Reason.READ_ONLY);
                    assertThat(refused.detail())
                            .isEqualTo(
                                    "the workspace can't be written by the server (access denied); put this text into"
                                            + " integrations/crm/1.yaml where the workspace comes from, or give the server's user the"
                                            + " right to write");
                    assertThat(Objects.requireNonNull(refused.draft()).path()).isEqualTo(FIRST);
                    assertThat(refused.draft().yaml())
                            .startsWith("kit: kargo\n")
                            .doesNotContain("s3cret");
                });
        assertThat(locked.secret("crm-AUTH_TOKEN-1")).as("for the file to come").isEqualTo("s3cret-token");
        assertThat(locked.audit)
                .containsExactly("ana: secret changed integrations/crm/1: null -> ${secret:crm-AUTH_TOKEN-1}");
        assertThatThrownBy(() -> locked.author.create(BEN, json(SENT.replace("s3cret-token", "other"))));
        assertThat(locked.secret("crm-AUTH_TOKEN-1"))
                .as("another draft has another number")
                .isEqualTo("s3cret-token");
        assertThat(locked.secret("crm-AUTH_TOKEN-2")).isEqualTo("other");
    }

    @Test
    void a_full_disk_of_the_workspace_is_no_question_of_rights() {
        TestDesk full = new TestDesk(root, new LockedDisk(true));
        assertThat(refused(() -> full.author.create(ANA, json(SENT))))
                .isEqualTo("read_only: the workspace can't be written by the server (No space left on device); put this"
                        + " text into integrations/crm/1.yaml where the workspace comes from, or mend that and save"
                        + " again");
        assertThat(full.audit).last().isEqualTo("ana: not written integrations/crm/1: null -> No space left on device");
    }

    @Test
    void a_data_directory_that_can_not_be_written_is_told_as_that_and_nothing_is_saved() throws Exception {
        Files.writeString(desk.data.resolve("secrets"), "a file where a directory belongs");
        assertThat(refused(() -> desk.author.create(ANA, json(SENT))))
                .startsWith("not_durable: the server's data directory can't be written (")
                .endsWith("), and nothing was saved; mend that and save again");
        assertThat(desk.workspace.resolve(FIRST)).doesNotExist();
        assertThat(desk.audit).last().asString().startsWith("ana: not written integrations/crm/1: null -> ");
    }

    @Test
    void what_the_journal_can_not_hold_is_not_written() throws Exception {
        TestDesk deaf = TestDesk.withoutJournal(root);
        assertThatThrownBy(() -> deaf.author.create(ANA, json(SENT)))
                .isInstanceOf(AuditFailedException.class)
                .hasMessageStartingWith("The audit journal can't be written (");
        assertThat(deaf.workspace.resolve("integrations")).doesNotExist();
        assertThat(deaf.data.resolve("secrets")).doesNotExist();
    }

    private static String withoutSecrets() {
        return SENT.replace("\"secrets\":{\"AUTH_TOKEN\":\"s3cret-token\"},", "");
    }

    private static String refused(ThrowingCallable save) {
        Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(save);
        assertThat(thrown).isInstanceOf(Refused.class);
        return String.valueOf(thrown.getMessage());
    }
}
