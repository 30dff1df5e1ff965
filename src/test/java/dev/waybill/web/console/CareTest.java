package dev.waybill.web.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.waybill.web.console.ConsoleSite.button;
import static dev.waybill.web.console.ConsoleSite.region;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.waybill.access.PasswordHash;
import dev.waybill.access.Role;
import dev.waybill.access.User;
import dev.waybill.access.UsersFile;
import dev.waybill.e2e.Started;
import dev.waybill.web.Browsing;
import dev.waybill.web.Visitor;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Nothing is lost, sent twice or revealed at one click, and no page tells more than it knows.
@Tag("browser")
@ExtendWith({Started.Logs.class, Browsing.class})
class CareTest {
    private static final String PASSWORD = "correct horse battery";
    private static final String SITE = "https://shop.example.com";

    @TempDir
    private static Path directory;

    private static ConsoleSite site;

    @BeforeAll
    static void start() throws Exception {
        site = ConsoleSite.withLane(directory);
        UsersFile.of(site.server().data())
                .change(users -> users.put("vera", new User("vera", Role.VIEWER, PasswordHash.of(PASSWORD))));
        site.sandbox().fault("{\"status\":400,\"for\":\"events\"}");
        site.send("track", """
                {"messageId":"50%25/a","event":"Order Completed","anonymousId":"a-1","properties":{"total":30.5},
                 "context":{"providers":{"kargo":{"puid":"6c21b7a0-4b5e-4f7a-9a9d-0c3a52d5f1b2"}}}}""");
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    void changes_of_a_pipeline_outlive_a_reload_and_the_session_and_are_discarded_only_on_purpose() {
        try (Visitor person = Visitor.fresh()) {
            Page page = site.signIn(person);
            page.onDialog(Dialog::accept);
            site.go(page, "pipelines/web");
            page.getByLabel("Origins").fill(SITE);
            page.reload();
            assertThat(page.getByLabel("Origins")).hasValue(SITE);

            button(page, "Discard").click();
            button(page, "Sign out").evaluate("button => button.click()");
            assertThat(page.locator("h1")).hasText("Sign in to Waybill");
            assertThat(page.locator("dialog")).hasCount(0);
            site.signIn(page);
            assertThat(page.getByLabel("Origins")).hasValue(SITE);

            button(page, "Discard").click();
            dialogButton(page, "Discard").click();
            assertThat(page.getByLabel("Origins")).hasValue("");
            assertThat(button(page, "Discard")).hasCount(0);
            assertThat(site.file("pipelines/web.yaml")).doesNotContain(SITE);
            person.sawNoException();
        }
    }

    @Test
    void a_save_that_loses_events_asks_first_and_enter_does_not_confirm_it() {
        try (Visitor person = Visitor.fresh()) {
            Page page = site.signIn(person);
            site.go(page, "pipelines/web");
            String before = site.file("pipelines/web.yaml");
            page.getByLabel("On", new Page.GetByLabelOptions().setExact(true)).uncheck();
            page.getByLabel("Write key").fill("wk_other");
            button(page, "Save").click();
            assertThat(page.locator("dialog"))
                    .containsText("kargo-main is switched off: what is pending, 0 events now, ends as filtered");
            assertThat(page.locator("dialog")).containsText("that send the write key wk_web are refused");
            assertThat(dialogButton(page, "Cancel")).isFocused();
            page.keyboard().press("Enter");
            assertThat(page.locator("dialog")).hasCount(0);
            assertThat(button(page, "Save")).isEnabled();
            assertThat(site.file("pipelines/web.yaml")).isEqualTo(before);
            person.sawNoException();
        }
    }

    @Test
    void a_name_that_is_missing_or_taken_is_told_at_the_name() {
        try (Visitor person = Visitor.fresh()) {
            Page page = site.signIn(person);
            site.go(page, "pipelines/new");
            button(page, "Create the pipeline").click();
            Locator told = page.locator("#name-help");
            assertThat(told).containsText("Give the pipeline a name.");
            assertThat(page.getByLabel("Name")).isFocused();
            page.getByLabel("Name").fill("web");
            button(page, "Create the pipeline").click();
            assertThat(told).containsText("pipelines/web.yaml is there already");
            assertThat(page.locator("main")).not().containsText("Load it");
            person.sawNoException();
        }
    }

    @Test
    void the_sync_check_says_what_could_not_be_asked_and_is_not_offered_to_a_viewer() {
        try (Visitor person = Visitor.fresh();
                Visitor viewer = Visitor.fresh()) {
            Page page = site.signIn(person);
            site.go(page, "pipelines/web");
            button(page, "Check the sync").click();
            assertThat(region(page, "ID sync")).containsText("kargo-main, revision 1, has no SYNC_URL");
            assertThat(region(page, "ID sync")).not().containsText("lists no origins");

            button(page, "The letter to Kargo").click();
            dialogButton(page, "Copy").click();
            assertThat(page.locator("dialog .toasts > div")).isVisible();
            dialogButton(page, "Close").first().click();
            assertThat(page.locator("body > .toasts > div")).isVisible();

            Page hers = viewer.open(site.url("pipelines/web"));
            hers.getByLabel("Name").fill("vera");
            hers.getByLabel("Password").fill(PASSWORD);
            button(hers, "Sign in").click();
            assertThat(button(hers, "The letter to Kargo")).isVisible();
            assertThat(button(hers, "Check the sync")).hasCount(0);
            assertThat(button(hers, "Save")).hasCount(0);
            person.sawNoException();
            viewer.sawNoException();
        }
    }

    @Test
    void identifiers_are_shown_where_they_are_asked_for_and_masked_again_in_the_address() {
        try (Visitor person = Visitor.fresh()) {
            Page page = site.signIn(person);
            site.go(page, "events");
            region(page, "Events").getByText("Order Completed").first().click();
            assertThat(page.locator("main")).containsText("50%25/a");
            button(page, "Reveal identifiers").click();
            assertThat(page.locator(".toasts > div")).containsText("Identifiers are shown");
            assertThat(page).hasURL(site.url("events/50%2525%2Fa"));
            page.reload();
            assertThat(button(page, "Reveal identifiers")).isVisible();
            assertThat(page.locator("main")).containsText("50%25/a");

            page.evaluate("dispatchEvent(new CustomEvent('waybill:go', { detail: { to: '/console/events/50%' } }))");
            assertThat(page.locator("h1")).containsText("no such page");
            person.sawNoException();
        }
    }

    @Test
    void a_dead_letter_that_was_delivered_since_says_so_and_is_not_sent_twice_without_a_warning() {
        try (Visitor person = Visitor.fresh()) {
            Page page = site.signIn(person);
            person.until(page, "it is rejected", () -> letters().contains("50%25/a"));
            site.sandbox().heal();
            site.go(page, "dead-letters");
            region(page, "Dead letters").last().getByText("order_completed").click();
            button(page, "Replay").click();
            dialogButton(page, "Replay").click();
            assertThat(page.locator("h1")).hasText("Replays");
            person.until(page, "it is delivered", () -> letters().contains("\"redelivered\":1"));

            site.go(page, "dead-letters");
            assertThat(region(page, "By reason").first()).containsText("all delivered since");
            region(page, "Dead letters").last().getByText("order_completed").click();
            button(page, "Replay").click();
            assertThat(page.locator("dialog")).containsText("counts it twice");
            assertThat(dialogButton(page, "Cancel")).isFocused();
            person.sawNoException();
        }
    }

    private static String letters() {
        return site.server().api("GET", "/api/dead-letters", "").body();
    }

    @Test
    void a_page_that_is_not_up_to_date_says_since_when_and_an_error_stands_beside_no_good_news() {
        try (Visitor person = Visitor.fresh()) {
            Page page = site.signIn(person);
            site.go(page, "pipelines");
            for (String path : List.of("**/api/pipelines", "**/api/dead-letters?*")) {
                page.route(path, Route::abort);
            }
            assertThat(page.locator("main [role=status]").first()).containsText("Not up to date since");
            page.unroute("**/api/pipelines");
            ConsoleSite.link(page, "Dead letters").click();
            assertThat(page.getByRole(com.microsoft.playwright.options.AriaRole.ALERT))
                    .containsText("The server was not reached");
            assertThat(page.locator("main")).not().containsText("No dead letters");
            assertThat(page.locator("main")).not().containsText("Not up to date");
            person.sawNoException();
        }
    }

    private static Locator dialogButton(Page page, String name) {
        return page.locator("dialog button").getByText(name, new Locator.GetByTextOptions().setExact(true));
    }
}
