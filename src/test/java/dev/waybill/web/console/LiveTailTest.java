package dev.waybill.web.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.waybill.web.console.ConsoleSite.button;
import static dev.waybill.web.console.ConsoleSite.region;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.waybill.e2e.Started;
import dev.waybill.web.Browsing;
import dev.waybill.web.Visitor;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The live tail in the browser: it shows what comes, and a day of watching needs no more memory than a minute.
@Tag("browser")
@ExtendWith({Started.Logs.class, Browsing.class})
class LiveTailTest {
    private static final int ROWS = 200;
    private static final int BATCH = 250;

    @TempDir
    private Path directory;

    private int sent;

    @Test
    void thousands_of_events_pass_and_two_hundred_rows_stay() {
        try (ConsoleSite site = ConsoleSite.withLane(directory);
                Visitor person = Visitor.fresh()) {
            Page page = site.signIn(person);
            site.go(page, "events");
            button(page, "Watch live").click();
            assertThat(page.locator("main")).containsText("Waiting for events");

            Locator rows = region(page, "Events").locator("tbody tr");
            fill(site, person, page, rows);
            double before = heap(person, page);
            batches(site, 12);
            passed(page, 3000);
            assertThat(rows).hasCount(ROWS);
            assertThat(heap(person, page)).as("bytes of the page's heap").isLessThan(before * 1.5 + 4_000_000);

            button(page, "Pause the list").click();
            String first = rows.first().textContent();
            batches(site, 1);
            assertThat(page.locator("main")).containsText("passed while paused");
            assertThat(rows.first()).hasText(first);
            button(page, "Go on").click();
            page.reload();
            assertThat(button(page, "Stop watching")).isVisible();
            fill(site, person, page, rows);
            button(page, "Stop watching").click();
            assertThat(page.locator("main")).containsText("looked at");
            person.sawNoException();
        }
    }

    /// Sends until the list is full. A batch that comes at once is shown in part.
    private void fill(ConsoleSite site, Visitor person, Page page, Locator rows) {
        person.until(page, "the list is full", () -> {
            batches(site, 1);
            return rows.count() == ROWS;
        });
    }

    private void batches(ConsoleSite site, int many) {
        for (int batch = 0; batch < many; batch++) {
            int start = sent;
            sent += BATCH;
            site.send(
                    "batch",
                    IntStream.range(start, start + BATCH)
                            .mapToObj(LiveTailTest::event)
                            .collect(Collectors.joining(",", "{\"batch\":[", "]}")));
        }
    }

    private static String event(int number) {
        return "{\"type\":\"track\",\"event\":\"Product Viewed\",\"messageId\":\"tail-%d\",\"anonymousId\":\"a-%d\"}"
                .formatted(number, number % 50);
    }

    /// Waits until at least so many events were seen or told of as left out.
    private static void passed(Page page, int least) {
        page.waitForFunction("""
                least => [...document.querySelector('main').textContent.matchAll(/([\\d,]+) events? seen|([\\d,]+) left out/g)]
                  .reduce((sum, found) => sum + Number((found[1] || found[2]).replaceAll(',', '')), 0) >= least
                """, least);
    }

    /// What the page's scripts hold after a collection.
    private static double heap(Visitor person, Page page) {
        CDPSession session = person.context().newCDPSession(page);
        session.send("HeapProfiler.collectGarbage");
        double used = session.send("Runtime.getHeapUsage").get("usedSize").getAsDouble();
        session.detach();
        return used;
    }
}
