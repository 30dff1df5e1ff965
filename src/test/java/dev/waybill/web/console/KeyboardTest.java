package dev.waybill.web.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.waybill.web.console.ConsoleSite.region;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.waybill.e2e.Started;
import dev.waybill.web.Browsing;
import dev.waybill.web.Visitor;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The main job by Tab, Enter, Escape and letters alone; what has the focus is always seen.
@Tag("browser")
@ExtendWith({Started.Logs.class, Browsing.class})
class KeyboardTest {
    private static final int MOST_TABS = 90;

    /// The name of an element, as far as the console's own pages need it.
    private static final String NAME = """
            const name = at => (at.labels?.[0]?.textContent ?? at.getAttribute('aria-label') ?? at.textContent)
              .replace(/\\*\\s*\\(required\\)/, '').trim()
            """;

    private static final String FOCUSED = "() => { " + NAME + " return name(document.activeElement) }";

    private static final String THERE = "wanted => { " + NAME + """
              return [...document.querySelectorAll('a, button, input, select, textarea')]
                .some(at => name(at) === wanted && !at.disabled && at.checkVisibility())
            }
            """;

    private static final String SEEN = """
            () => {
              const at = document.activeElement
              const style = getComputedStyle(at)
              const box = at.getBoundingClientRect()
              return at === document.body || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1
                && box.width > 0 && box.bottom > 0 && box.top < innerHeight)
            }
            """;

    @TempDir
    private Path directory;

    @Test
    void from_the_library_to_a_pipeline_without_a_mouse() {
        try (ConsoleSite site = ConsoleSite.empty(directory);
                Visitor person = Visitor.fresh()) {
            Page page = site.signIn(person);
            page.reload();
            ConsoleSite.ready(page);
            press(page, "Skip to the page");
            assertThat(page.locator("#page")).isFocused();

            page.reload();
            ConsoleSite.ready(page);
            press(page, "Library");
            press(page, "Add Kargo");
            type(page, "PARTNER_ID", "p-keys");
            type(page, "ENDPOINT", site.sandbox().events());
            press(page, "Create the integration");
            assertThat(page.locator("h1")).hasText("kargo-main");

            press(page, "order_completed");
            press(page, "Add a key");
            type(page, "Output key", "params.order_value");
            type(page, "Path or constant", "properties.total");
            press(page, "Add");
            assertThat(region(page, "Preview")).containsText("\"order_value\": 30.5");

            press(page, "Save as new revision");
            assertThat(page.locator("dialog input")).isFocused();
            page.keyboard().press("Escape");
            assertThat(page.locator("dialog")).hasCount(0);
            assertThat(page.evaluate(FOCUSED)).isEqualTo("Save as new revision");
            page.keyboard().press("Enter");
            page.keyboard().type("by keys");
            page.keyboard().press("Enter");
            assertThat(page.locator(".toasts")).containsText("Saved as revision 2");
            // A page that opens takes the focus: a Tab before that would be one of the page before.
            assertThat(page.locator("#page")).isFocused();

            press(page, "Pipelines");
            press(page, "New pipeline");
            type(page, "Name", "web");
            press(page, "Add integration");
            press(page, "Create the pipeline");
            assertThat(region(page, "First event")).containsText("Nothing came yet");
            assertThat(site.file("pipelines/web.yaml")).contains("revision: 2");
            person.sawNoException();
        }
    }

    private static void type(Page page, String name, String text) {
        tabTo(page, name);
        page.keyboard().type(text);
    }

    private static void press(Page page, String name) {
        tabTo(page, name);
        page.keyboard().press("Enter");
    }

    /// Goes on by Tab until the element of that name has the focus; every one on the way is seen to have it.
    private static void tabTo(Page page, String name) {
        StringBuilder passed = new StringBuilder();
        // What was asked for may still be on its way.
        page.waitForFunction(THERE, name);
        for (int tabs = 0; tabs < MOST_TABS; tabs++) {
            page.keyboard().press("Tab");
            String focused = String.valueOf(page.evaluate(FOCUSED));
            assertThat(page.evaluate(SEEN))
                    .as("the focus on '%s' is seen", focused)
                    .isEqualTo(true);
            if (focused.equals(name)) {
                return;
            }
            passed.append(focused.lines().findFirst().orElse("")).append(" | ");
        }
        throw new AssertionError("no Tab reaches '" + name + "'; it went " + passed);
    }
}
