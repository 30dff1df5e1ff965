package dev.waybill.web.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.waybill.web.console.ConsoleSite.button;
import static dev.waybill.web.console.ConsoleSite.link;
import static dev.waybill.web.console.ConsoleSite.region;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Page;
import dev.waybill.e2e.Started;
import dev.waybill.e2e.TestWorkspace;
import dev.waybill.web.Browsing;
import dev.waybill.web.Visitor;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Several hands on the same files: nobody's work is lost, and nobody's is overwritten.
@Tag("browser")
@ExtendWith({Started.Logs.class, Browsing.class})
class EditingTest {
    private static final String BY_HAND = """
            # The shop. Ask Ana before changing this.
            writeKey: wk_web

            integrations:
              - integration: kargo-main   # Kargo, main account
                revision: 1
                startFrom: now
            origins: []
            """;

    private static final String BAD =
            "playbook: {global: {mappings: [{output: page_url, input: properties.nothing, required: true}]}}";

    @TempDir
    private static Path directory;

    private static ConsoleSite site;

    @BeforeAll
    static void start() {
        site = ConsoleSite.withLane(directory);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    void of_two_editors_who_save_at_once_the_second_is_told_and_can_carry_the_changes_over() {
        integration("two-editors");
        try (Visitor one = Visitor.fresh();
                Visitor two = Visitor.fresh()) {
            Page first = editor(one, "two-editors");
            Page second = editor(two, "two-editors");
            set(first, "page_url", "properties.first");
            set(second, "client_referer", "properties.second");
            save(first, "by the first");
            assertThat(first.locator(".toasts")).containsText("Saved as revision 2");

            save(second, "by the second");
            assertThat(second.getByRole(com.microsoft.playwright.options.AriaRole.ALERT)
                            .first())
                    .containsText("Somebody saved a revision meanwhile");
            assertThat(site.file("integrations/two-editors/2.yaml"))
                    .contains("properties.first")
                    .doesNotContain("properties.second");

            second.onDialog(Dialog::accept);
            second.reload();
            assertThat(second.locator("main")).containsText("keeps unsaved changes of revision 1");
            button(second, "Carry them over").click();
            ConsoleSite.section(second, "Global");
            assertThat(input(second, "client_referer")).hasValue("properties.second");
            assertThat(input(second, "page_url")).hasValue("properties.first");
            save(second, "both");
            assertThat(second.locator(".toasts")).containsText("Saved as revision 3");
            assertThat(site.file("integrations/two-editors/3.yaml"))
                    .contains("properties.first")
                    .contains("properties.second");
            one.sawNoException();
            two.sawNoException();
        }
    }

    @Test
    void a_kit_row_keeps_the_focus_while_it_is_typed_into_and_its_input_when_more_is_said_of_it() {
        integration("by-letters");
        try (Visitor person = Visitor.fresh()) {
            Page page = editor(person, "by-letters");
            input(page, "page_url").focus();
            page.keyboard().press("Control+A");
            page.keyboard().type("properties.url");
            assertThat(input(page, "page_url")).hasValue("properties.url");
            assertThat(input(page, "page_url")).isFocused();

            button(page, "More about client_referer").click();
            page.getByLabel("Reject the event without it").check();
            page.getByLabel("If there is none").fill("nobody");
            assertThat(input(page, "client_referer")).hasValue("context.page.referrer");
            save(page, "typed");
            assertThat(page.locator(".toasts")).containsText("Saved as revision 2");
            assertThat(site.file("integrations/by-letters/2.yaml"))
                    .contains("input: properties.url", "input: context.page.referrer", "required: true")
                    .contains("default: nobody");
            person.sawNoException();
        }
    }

    @Test
    void an_older_revision_can_be_edited_and_says_what_is_not_in_it() {
        integration("older");
        site.workspace()
                .integration("older", 2, TestWorkspace.PARTNER, site.sandbox().events());
        try (Visitor person = Visitor.fresh()) {
            Page page = editor(person, "older/1");
            assertThat(page.locator("main")).containsText("This starts from revision 1; 2 is not in it.");
            set(page, "page_url", "properties.older");
            save(page, "from the first");
            assertThat(page.locator(".toasts")).containsText("Saved as revision 3");
            assertThat(site.file("integrations/older/3.yaml")).contains("properties.older");
            person.sawNoException();
        }
    }

    @Test
    void a_link_opens_the_section_of_an_event_that_has_none_yet_and_another_tab_is_told_of_the_edit() {
        integration("by-link");
        try (Visitor person = Visitor.fresh()) {
            Page page = editor(person, "by-link");
            Page other = person.open(site.url("integrations/by-link?section=Newsletter+Signed+Up"));
            assertThat(region(other, "Mappings of Newsletter Signed Up")).containsText("params");
            assertThat(other.locator("h1 + p")).containsText("not saved");
            assertThat(region(other, "Preview")).containsText("newsletter_signed_up");
            assertThat(page.locator("main")).containsText("Another tab of this browser edits this, too.");

            button(other, "Remove this event").click();
            assertThat(other.locator("dialog")).containsText("What it says goes with it: 2 keys.");
            button(other, "Remove it").click();
            assertThat(other.locator(".sections")).not().containsText("Newsletter");
            person.sawNoException();
        }
    }

    @Test
    void a_roll_back_is_one_click_and_what_the_bad_revision_rejected_is_sent_again() {
        integration("rolled");
        site.workspace()
                .integration("rolled", 2, TestWorkspace.PARTNER, site.sandbox().events(), BAD)
                .pipeline("rolled", "rolled", 2);
        try (Visitor person = Visitor.fresh()) {
            Page page = site.signIn(person);
            person.until(
                    page,
                    "the pipeline runs",
                    () -> answer("/api/pipelines/rolled").contains("\"state\":\"running\""));
            site.server().send("rolled", "track", """
                            {"messageId":"r-1","event":"Order Completed","anonymousId":"a-1","properties":{"total":30.5},
                             "context":{"providers":{"kargo":{"puid":"6c21b7a0-4b5e-4f7a-9a9d-0c3a52d5f1b2"}}}}""").ok();
            person.until(page, "it is rejected", () -> answer("/api/events/r-1").contains("\"outcome\":\"rejected\""));
            site.go(page, "integrations/rolled?tab=revisions");
            button(page, "Roll back to 1 in rolled").click();
            assertThat(page.locator("dialog")).containsText("Rejected: 1");
            assertThat(page.getByRole(com.microsoft.playwright.options.AriaRole.RADIO)
                            .first())
                    .isChecked();
            assertThat(site.file("pipelines/rolled.yaml")).contains("revision: 1");
            button(page, "Replay 1").click();
            assertThat(page.locator("h1")).hasText("Replays");
            assertThat(page.locator("main")).containsText("1 of 1 event: 1 delivered");
            person.sawNoException();
        }
    }

    @Test
    void a_preview_is_judged_by_the_pipeline_that_runs_the_integration_and_not_by_default_settings() {
        integration("strict");
        site.workspace().write("pipelines/strict.yaml", """
                writeKey: wk_strict
                consent: {scope: gdpr}
                integrations:
                  - {integration: strict, revision: 1}
                """);
        try (Visitor person = Visitor.fresh()) {
            Page page = editor(person, "strict");
            person.until(
                    page,
                    "the pipeline runs",
                    () -> answer("/api/pipelines/strict").contains("\"state\":\"running\""));
            page.reload();
            assertThat(region(page, "Preview")).containsText("Not sent: consent denied");
            person.sawNoException();
        }
    }

    @Test
    void comments_and_the_order_of_keys_survive_a_pin() {
        integration("kargo-main");
        try (Visitor person = Visitor.fresh()) {
            Page page = pipeline(person, BY_HAND);
            page.getByLabel("Revision").selectOption("2");
            button(page, "Save").click();
            assertThat(page.locator(".toasts")).containsText("in force");
            assertThat(site.file("pipelines/web.yaml")).isEqualTo(BY_HAND.replace("revision: 1", "revision: 2"));
            person.sawNoException();
        }
    }

    @Test
    void a_file_that_is_edited_by_hand_meanwhile_is_shown_and_not_overwritten() {
        try (Visitor person = Visitor.fresh()) {
            Page page = pipeline(person, BY_HAND);
            String newer = BY_HAND.replace("origins: []", "origins: [\"https://by-hand.example\"]");
            site.workspace().write("pipelines/web.yaml", newer);
            assertThat(page.getByLabel("Origins")).hasValue("https://by-hand.example");

            page.getByLabel("Origins").fill("https://by-console.example");
            String newest = BY_HAND.replace("origins: []", "origins: [https://again-by-hand.example]");
            site.workspace().write("pipelines/web.yaml", newest);
            button(page, "Save").click();
            assertThat(page.locator("[role=alert]")).containsText("Somebody saved this pipeline meanwhile");
            assertThat(site.file("pipelines/web.yaml")).isEqualTo(newest);
            assertThat(page.getByLabel("Origins")).hasValue("https://by-console.example");

            button(page, "Load it, without my changes").click();
            assertThat(page.getByLabel("Origins")).hasValue("https://again-by-hand.example");
            person.sawNoException();
        }
    }

    @Test
    void a_file_that_is_broken_by_hand_is_named_with_its_line_while_the_last_good_one_runs() {
        try (Visitor person = Visitor.fresh()) {
            Page page = pipeline(person, BY_HAND);
            site.go(page, "pipelines");
            site.workspace().write("pipelines/web.yaml", BY_HAND.replace("revision: 1", "revision: one"));
            assertThat(page.locator("[role=alert]")).containsText("the server runs the last good ones");
            assertThat(page.locator("[role=alert]")).containsText("pipelines/web.yaml");
            assertThat(link(page, "web")).isVisible();
            link(page, "web").click();
            assertThat(page.locator("main")).containsText("changed by hand and is not in force");
            site.workspace().write("pipelines/web.yaml", BY_HAND);
            assertThat(page.locator("main")).not().containsText("changed by hand");
            person.sawNoException();
        }
    }

    private static void integration(String name) {
        site.workspace()
                .integration(name, 1, TestWorkspace.PARTNER, site.sandbox().events())
                .integration(
                        name,
                        name.equals("kargo-main") ? 2 : 1,
                        TestWorkspace.PARTNER,
                        site.sandbox().events());
    }

    private static Page editor(Visitor person, String integration) {
        Page page = site.signIn(person);
        person.until(
                page,
                "the server has read " + integration,
                () -> answer("/api/integrations").contains(integration.split("/", 2)[0]));
        site.go(page, "integrations/" + integration);
        ConsoleSite.section(page, "Global");
        return page;
    }

    private static String answer(String path) {
        return site.server().api("GET", path, "").body();
    }

    /// The page of the pipeline `web` once that text is in force.
    private static Page pipeline(Visitor person, String text) {
        site.workspace().write("pipelines/web.yaml", text);
        Page page = site.signIn(person);
        person.until(page, "the file is in force", () -> {
            String body = answer("/api/pipelines");
            return body.contains("Ask Ana") && body.contains("\"changedByHand\":false") && !body.contains("by-hand");
        });
        site.go(page, "pipelines/web");
        return page;
    }

    private static com.microsoft.playwright.Locator input(Page page, String output) {
        return page.getByLabel("Expected input of " + output);
    }

    private static void set(Page page, String output, String path) {
        input(page, output).fill(path);
    }

    private static void save(Page page, String note) {
        button(page, "Save as new revision").click();
        page.getByLabel("What is new?").fill(note);
        page.getByLabel("What is new?").press("Enter");
    }
}
