package dev.waybill.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.waybill.e2e.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    /// The policy that docs/browser.md shows, with this test's origins in place of the examples'.
    private static String policy() throws IOException {
        Matcher shown = Pattern.compile("(?m)^Content-Security-Policy: (.*)$")
                .matcher(Files.readString(Path.of("docs/browser.md")));
        assertThat(shown.find()).as("docs/browser.md shows a policy").isTrue();
        return shown.group(1)
                .replace("https://collect.shop.example", site.collector())
                .replace("https://crb.kargo.example", site.syncUrl().replaceAll("/id$", ""));
    }

    @Test
    void a_page_with_the_documented_policy_sees_no_error_and_its_events_arrive() throws IOException {
        site.pages()
                .script("/platforms.js", Files.readString(Path.of("src/test/resources/consent/platforms.js")))
                .script(
                        "/stub.js",
                        "window.waybill = window.waybill || []; waybill.push(['page', 'Strict']);"
                                + "window.platform && platform.tcf({gdprApplies: false});");
        strict("/strict", "");
        strict("/strict-platform", "<script src=\"/platforms.js\"></script>");
    }

    private static void strict(String path, String first) throws IOException {
        site.pages()
                .answer(
                        path,
                        200,
                        "text/html; charset=utf-8",
                        "<!doctype html><title>Strict</title><link rel=\"icon\" href=\"data:,\">" + first
                                + "<script src=\"/stub.js\"></script>" + site.scriptTag() + "<h1>shop</h1>",
                        Map.of("Content-Security-Policy", policy()));
        try (Visitor visitor = Visitor.fresh()) {
            Page page = visitor.open(site.origin() + path);
            assertThat(Tracker.settled(visitor, page)).isEqualTo("ok");
            site.delivers(
                    "page of " + path,
                    bodies -> bodies.stream()
                            .anyMatch(body ->
                                    String.valueOf(body.text("page_url")).endsWith(path)));
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
