package dev.waybill.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.waybill.e2e.Started;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What the script costs a page: layout, and directives of its Content-Security-Policy.
@Tag("browser")
@ExtendWith({Started.Logs.class, Browsing.class})
class CostTest {
    private static final String SHIFT = """
            window.shift = 0;
            new PerformanceObserver(list => list.getEntries().forEach(e => { window.shift += e.value; }))
                .observe({type: 'layout-shift', buffered: true});
            """;

    @TempDir
    private static Path directory;

    private static Site site;

    @BeforeAll
    static void start() {
        site = Site.start(directory);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @BeforeEach
    void forget() {
        site.sandbox().forget();
    }

    /// The directives that docs/browser.md asks for, and nothing else.
    private static String policy() {
        String crb = site.syncUrl().replaceAll("/id$", "");
        return "default-src 'none'; img-src data:; script-src 'self' " + site.collector() + "; connect-src "
                + site.collector() + " " + crb;
    }

    @Test
    void a_page_with_a_strict_policy_sees_no_error_and_its_events_arrive() {
        site.pages()
                .script("/stub.js", "window.waybill = window.waybill || []; waybill.push(['page', 'Strict']);")
                .answer(
                        "/strict",
                        200,
                        "text/html; charset=utf-8",
                        "<!doctype html><title>Strict</title><link rel=\"icon\" href=\"data:,\">"
                                + "<script src=\"/stub.js\"></script>" + site.scriptTag() + "<h1>shop</h1>",
                        java.util.Map.of("Content-Security-Policy", policy()));
        try (Visitor visitor = Visitor.fresh()) {
            Page page = visitor.open(site.origin() + "/strict");
            assertThat(Tracker.settled(visitor, page)).isEqualTo("ok");
            site.delivers("page of the strict page", bodies -> bodies.toString().contains("/strict"));
            visitor.sawNoException();
            assertThat(visitor.printed()).as("%s", visitor).isEmpty();
        }
    }

    @Test
    void nothing_on_the_page_moves() {
        site.pages()
                .script("/shift.js", SHIFT)
                .page(
                        "/still",
                        "<script src=\"/shift.js\"></script>" + site.snippet(),
                        "<h1>shop</h1><p>text</p><script>waybill.push(['page'])</script>");
        try (Visitor visitor = Visitor.fresh()) {
            Page page = visitor.open(site.origin() + "/still");
            int elements = (Integer) page.evaluate("document.body.getElementsByTagName('*').length");
            assertThat(Tracker.settled(visitor, page)).isEqualTo("ok");
            assertThat(((Number) page.evaluate("window.shift")).doubleValue()).isZero();
            assertThat(page.evaluate("document.body.getElementsByTagName('*').length"))
                    .as("elements in the body, before and after")
                    .isEqualTo(elements);
        }
    }
}
