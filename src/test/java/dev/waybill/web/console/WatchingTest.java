package dev.waybill.web.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.waybill.web.console.ConsoleSite.button;
import static dev.waybill.web.console.ConsoleSite.region;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.waybill.e2e.Started;
import dev.waybill.web.Browsing;
import dev.waybill.web.Visitor;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The pages that are looked at: what they show is so, also where the browser's clock stands elsewhere.
@Tag("browser")
@ExtendWith({Started.Logs.class, Browsing.class})
class WatchingTest {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);

    @TempDir
    private static Path directory;

    private static ConsoleSite site;
    private static Instant sent = Instant.EPOCH;

    @BeforeAll
    static void start() {
        site = ConsoleSite.withLane(directory);
        sent = Instant.now();
        site.send("track", event("m-1", "Order Completed"));
        site.send("track", event("m-2", "Order Complete"));
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static String event(String id, String name) {
        return """
                {"messageId":"%s","event":"%s","anonymousId":"a-1","properties":{"total":30.5},
                 "context":{"providers":{"kargo":{"puid":"6c21b7a0-4b5e-4f7a-9a9d-0c3a52d5f1b2"}}}}""".formatted(id, name);
    }

    @Test
    void alerts_stay_as_they_were_chosen_after_every_save() {
        try (Visitor person = Visitor.fresh()) {
            Page page = site.signIn(person);
            site.go(page, "alerts");
            page.getByLabel("Send alerts").check();
            page.getByLabel("Webhook URL").fill(site.sandbox().events());
            page.getByLabel("Signing secret").fill("a-secret-of-twenty-letters");
            page.getByLabel("A lane is paused").uncheck();
            save(page);
            assertThat(page.getByLabel("Webhook URL")).hasValue("");
            page.getByLabel("The disk is nearly full").uncheck();
            save(page);
            page.reload();
            assertThat(page.getByLabel("Send alerts")).isChecked();
            assertThat(page.getByLabel("A lane is paused")).not().isChecked();
            assertThat(page.getByLabel("The disk is nearly full")).not().isChecked();
            assertThat(page.getByLabel("A destination keeps failing")).isChecked();
            person.sawNoException();
        }
    }

    private static void save(Page page) {
        page.waitForResponse(
                answer -> answer.url().endsWith("/api/alerts")
                        && answer.request().method().equals("PUT")
                        && answer.ok(),
                button(page, "Save")::click);
        assertThat(button(page, "Save")).isEnabled();
    }

    @Test
    void the_days_to_confirm_are_those_of_the_zone_chosen_wherever_the_browser_is() {
        try (Visitor person = Visitor.in("Pacific/Pago_Pago")) {
            Page page = site.signIn(person);
            assertThat(page.locator("main")).containsText("Times in Pacific/Pago_Pago");
            person.until(
                    page, "it is delivered", () -> !site.sandbox().accepted().isEmpty());
            for (String zone : new String[] {"UTC", "Pacific/Kiritimati"}) {
                site.go(page, "confirm?zone=" + zone);
                Locator day = region(page, "Delivered a day")
                        .last()
                        .locator("tbody td")
                        .first();
                assertThat(day).hasText(DAY.format(sent.atZone(ZoneId.of(zone))));
            }
            person.sawNoException();
        }
    }

    @Test
    void a_name_that_nothing_maps_leads_from_the_lane_into_the_editor() {
        try (Visitor person = Visitor.fresh()) {
            Page page = site.signIn(person);
            person.until(
                    page,
                    "it is counted",
                    () -> site.server()
                            .api("GET", "/api/events/names", "")
                            .body()
                            .contains("order_complete\""));
            site.go(page, "?pipeline=web&integration=kargo-main");
            Locator row = region(page, "Event names that nothing maps").locator("tbody tr");
            assertThat(row).hasText(Pattern.compile("order_complete\\s*1\\s*Map this\\s*order_completed"));
            row.getByRole(com.microsoft.playwright.options.AriaRole.LINK).click();
            assertThat(page).hasURL(site.url("integrations/kargo-main?section=order_complete"));
            site.go(page, "?pipeline=web&integration=gone");
            button(page, "Show all lanes").click();
            assertThat(region(page, "web → kargo-main")).isVisible();
            person.sawNoException();
        }
    }

    @Test
    void the_events_filter_takes_local_times_and_clear_empties_what_was_only_typed() {
        try (Visitor person = Visitor.in("Asia/Tokyo")) {
            Page page = site.signIn(person);
            site.go(page, "events");
            page.getByText("More: person and time").click();
            page.getByLabel("Received from").fill("2026-01-02T03:00");
            button(page, "Show").click();
            assertThat(page).hasURL(Pattern.compile("from=2026-01-01T18%3A00%3A00.000Z"));
            page.reload();
            assertThat(page.getByLabel("Received from")).hasValue(Pattern.compile("2026-01-02T03:00(:00)?"));
            page.getByLabel("Event name").fill("never applied");
            button(page, "Clear").click();
            assertThat(page.getByLabel("Event name")).hasValue("");
            assertThat(page).hasURL(site.url("events"));
            person.sawNoException();
        }
    }

    @Test
    void the_live_tail_tells_why_it_is_refused_and_an_ended_session_leads_to_the_sign_in() {
        try (Visitor person = Visitor.fresh()) {
            Page page = site.signIn(person);
            BrowserContext context = person.context();
            context.route("**/api/events/stream*", route -> answer(route, 503, "32 others watch"));
            site.go(page, "events?live=yes");
            assertThat(page.locator("main")).containsText("32 others watch. Trying again.");
            context.unroute("**/api/events/stream*");
            assertThat(page.locator("main")).containsText("Watching.");

            context.route("**/api/events/stream*", route -> answer(route, 401, "no session"));
            page.reload();
            assertThat(button(page, "Sign in")).isVisible();
            person.sawNoException();
        }
    }

    private static void answer(Route route, int status, String detail) {
        route.fulfill(new Route.FulfillOptions()
                .setStatus(status)
                .setContentType("application/json")
                .setBody("{\"reason\":\"refused\",\"detail\":\"" + detail + ".\"}"));
    }
}
