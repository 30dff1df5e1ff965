package dev.waybill.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.waybill.e2e.Started;
import dev.waybill.web.PageServer.Answer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A sync that fails never breaks the page: its events arrive at the collector and end as `missing_identity`, with the
/// cause in their detail and in the ledger.
@Tag("browser")
@ExtendWith({Started.Logs.class, Browsing.class})
class SyncFailureTest {
    private static final String ID = "/id";
    private static final String PUID = "0d3c6a52-8f1b-4a7e-9c60-5b2e7f41d9aa";

    @TempDir
    private static Path directory;

    private static Site site;

    @BeforeAll
    static void start() {
        site = Site.startWithOwnIds(directory, "identityWait: 0s", "sync: {timeoutMs: 1000}");
        site.pages()
                .page("/", site.snippet(), "<script>waybill.push(['page', 'Home']); window.ownScript = 'ran'</script>");
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static void ids(int status, String type, String body) {
        site.pages().answer(ID, status, type, body, shared());
    }

    private static Map<String, String> shared() {
        return Map.of("Access-Control-Allow-Origin", site.origin(), "Access-Control-Allow-Credentials", "true");
    }

    @Test
    void a_refusal_of_the_origin_is_told_as_cors_or_network() {
        site.pages().answer(ID, 200, "application/json", "{\"puid\":\"" + PUID + "\"}", Map.of());
        ends("cors_or_network");
    }

    @Test
    void an_endpoint_that_is_down_is_told_as_http() {
        ids(500, "text/plain", "down");
        ends("http");
    }

    @Test
    void an_endpoint_that_doesnt_answer_is_told_as_timeout() {
        site.pages().hang(ID);
        ends("timeout");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "a page instead of JSON | <html>welcome</html>",
                "nothing | ''",
                "JSON without an identifier | {}",
                "a null | {\"puid\":null}",
                "a number | {\"puid\":17}",
                "an identifier that is cut | {\"puid\":\"0d3c6a52-8f1b-4a7e-9c60\"}",
                "markup in its place | {\"puid\":\"<script>alert(1)</script>\"}",
                "an array | []",
            })
    void an_odd_answer_is_told_as_shape(String what, String body) {
        ids(200, "application/json", body);
        ends("shape");
    }

    /// An endpoint that knows browsers by its cookie alone, and has nothing to say to one that brings none.
    @Test
    void an_endpoint_whose_cookies_the_browser_blocks_is_told_as_shape(@TempDir Path profiles) {
        site.pages().answer(ID, headers -> {
            boolean known = headers.getOrDefault("Cookie", java.util.List.of())
                    .toString()
                    .contains("crb=" + PUID);
            Map<String, String> headersOut = new java.util.HashMap<>(shared());
            headersOut.put("Set-Cookie", "crb=" + PUID + "; Path=/; Max-Age=86400; Secure; SameSite=None");
            return new Answer(200, "application/json", known ? "{\"puid\":\"" + PUID + "\"}" : "{}", headersOut);
        });
        // A visit to the endpoint's own site leaves its cookie in either browser.
        String crb = site.syncUrl();
        try (Visitor visitor = Visitor.withProfile(profiles.resolve("blocked"), Chromium.ThirdPartyCookies.BLOCKED)) {
            visitor.open(crb);
            ends(visitor, "shape");
        }
        site.sandbox().forget();
        try (Visitor visitor = Visitor.withProfile(profiles.resolve("allowed"), Chromium.ThirdPartyCookies.ALLOWED)) {
            visitor.open(crb);
            Page page = visitor.open(site.origin() + "/");
            assertThat(Tracker.settled(visitor, page)).isEqualTo("ok");
            site.delivers("page", 1);
            assertThat(site.identifiers()).containsExactly(PUID);
        }
    }

    private static void ends(String cause) {
        try (Visitor visitor = Visitor.fresh()) {
            ends(visitor, cause);
        }
    }

    private static void ends(Visitor visitor, String cause) {
        long before = site.count("missingIdentity", cause);
        Page page = visitor.open(site.origin() + "/");
        assertThat(Tracker.settled(visitor, page)).isEqualTo("failed");
        assertThat(page.evaluate("waybill.status().failure")).isEqualTo(cause);
        assertThat(page.evaluate("window.ownScript")).isEqualTo("ran");
        visitor.sawNoException();
        visitor.until(page, "the ledger counts " + cause, () -> site.count("missingIdentity", cause) == before + 1);
        assertThat(site.events().getFirst().toString())
                .contains("missing_identity")
                .contains("the ID sync failed: " + cause);
    }
}
