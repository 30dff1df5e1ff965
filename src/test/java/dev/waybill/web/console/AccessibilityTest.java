package dev.waybill.web.console;

import static dev.waybill.web.console.ConsoleSite.button;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import dev.waybill.e2e.Eventually;
import dev.waybill.e2e.Started;
import dev.waybill.web.Browsing;
import dev.waybill.web.Visitor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Every page in light and dark by axe-core's rules of WCAG 2.2 AA, and without a sideways scroll at 360 pixels.
@Tag("browser")
@ExtendWith({Started.Logs.class, Browsing.class})
class AccessibilityTest {
    private static final int NARROW = 360;
    private static final List<String> PAGES = List.of(
            "",
            "?window=month",
            "events",
            "events/m-1",
            "events?live=yes&event=nothing",
            "library",
            "library/kargo",
            "integrations",
            "integrations/kargo-main",
            "integrations/kargo-main?tab=connection",
            "integrations/kargo-main?tab=revisions",
            "integrations/kargo-main?tab=compare",
            "integrations/kargo-main?tab=verify",
            "pipelines",
            "pipelines/web",
            "pipelines/new",
            "dead-letters",
            "dead-letters/web~kargo-main~2",
            "replays",
            "confirm",
            "alerts",
            "audit",
            "nothing");

    @TempDir
    private static Path directory;

    private static ConsoleSite site;

    @BeforeAll
    static void start() {
        site = ConsoleSite.withLane(directory);
        site.send("track", event("m-1", "Order Completed"));
        Eventually.holds(
                "it arrives", Visitor.PATIENCE, () -> !site.sandbox().accepted().isEmpty());
        site.sandbox().fault("{\"status\":400,\"for\":\"events\"}");
        site.send("track", event("m-2", "Checkout Started"));
        site.send(
                "track",
                event("m-3", "a_name_without_a_space_that_is_rather_long_and_nobody_maps_it_anywhere_in_this_world"));
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static String event(String id, String name) {
        return """
                {"messageId":"%s","event":"%s","anonymousId":"a-1","properties":{"order_id":"4711","total":30.5},
                 "context":{"providers":{"kargo":{"puid":"6c21b7a0-4b5e-4f7a-9a9d-0c3a52d5f1b2"}}}}""".formatted(id, name);
    }

    @Test
    void no_page_breaks_a_rule_in_light_or_dark_or_scrolls_sideways_on_a_phone() {
        try (Visitor person = Visitor.fresh()) {
            Page page = site.signIn(person);
            page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
            List<String> found = new ArrayList<>();
            for (String path : PAGES) {
                site.go(page, path);
                page.waitForFunction("!document.querySelector('.spinner')");
                page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })");
                look(page, path, found);
            }
            site.go(page, "integrations/kargo-main?section=order_completed");
            button(page, "More about params").click();
            button(page, "Add a filter").click();
            look(page, "a row with more", found);
            button(page, "Save as new revision").click();
            look(page, "a dialog", found);
            person.sawNoException();
            assertThat(found).isEmpty();
        }
    }

    @Test
    void signing_in_breaks_no_rule() {
        try (Visitor person = Visitor.fresh()) {
            Page page = person.open(site.url(""));
            List<String> found = new ArrayList<>();
            look(page, "sign-in by name", found);
            button(page, "Use the admin token").click();
            look(page, "sign-in by token", found);
            assertThat(found).isEmpty();

            page.evaluate("document.querySelector('label').remove()");
            assertThat(Axe.violations(page)).as("the rules do run").anyMatch(line -> line.startsWith("label: #token"));
        }
    }

    private static void look(Page page, String name, List<String> found) {
        ConsoleSite.ready(page);
        for (String theme : List.of("light", "dark")) {
            page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme);
            Axe.violations(page).forEach(line -> found.add(name + ", " + theme + ": " + line));
        }
        page.evaluate("document.documentElement.dataset.theme = 'light'");
        page.setViewportSize(NARROW, 800);
        // What is as wide as its place takes the new width before the next picture: only then does a person see it.
        Object width = page.evaluate("new Promise(seen => requestAnimationFrame(() =>"
                + " requestAnimationFrame(() => seen(document.documentElement.scrollWidth))))");
        if (!Integer.valueOf(NARROW).equals(width)) {
            found.add(name + ": is " + width + " pixels wide on a screen of " + NARROW);
        }
        page.setViewportSize(1280, 800);
    }
}
