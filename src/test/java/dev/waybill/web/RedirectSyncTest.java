package dev.waybill.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.waybill.e2e.Started;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The sources `fetch` and then `redirect`: the browser goes to the destination and comes back to the collector.
@Tag("browser")
@ExtendWith({Started.Logs.class, Browsing.class})
class RedirectSyncTest {
    private static final String ID = "/id";
    private static final String PUID = "0d3c6a52-8f1b-4a7e-9c60-5b2e7f41d9aa";

    @TempDir
    private static Path directory;

    private static Site site;

    @BeforeAll
    static void start() {
        site = Site.startWithOwnIds(
                directory,
                "identityWait: 0s",
                "cookie: {domain: shop.localhost}",
                "sync: {sources: [fetch, redirect], holdMs: 5000}");
        site.pages()
                .page("/", site.snippet(), "<script>waybill.push(['page', 'Home'])</script>")
                .page("/elsewhere", "", "");
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @BeforeEach
    void refuseToBeAsked() {
        site.sandbox().forget();
        site.sandbox().fault("{}");
        site.pages().answer(ID, 500, "text/plain", "down", shared());
    }

    private static Map<String, String> shared() {
        return Map.of("Access-Control-Allow-Origin", site.origin(), "Access-Control-Allow-Credentials", "true");
    }

    private static List<String> cookies(Visitor visitor) {
        return visitor.context().cookies().stream()
                .filter(cookie -> cookie.name.startsWith("wb_kargo"))
                .map(cookie -> cookie.name + (cookie.httpOnly ? " HttpOnly" : ""))
                .sorted()
                .toList();
    }

    @Test
    void a_browser_that_can_not_ask_goes_and_comes_back_with_its_identifier() {
        try (Visitor visitor = Visitor.fresh()) {
            Page page = visitor.open(site.origin() + "/");
            assertThat(Tracker.settled(visitor, page)).isEqualTo("ok");
            site.delivers("page", 1);
            assertThat(site.identifiers()).hasSize(1).noneMatch(id -> id.equals("null"));
            assertThat(cookies(visitor)).containsExactly("wb_kargo HttpOnly", "wb_kargo_s");
            assertThat(visitor.requestsTo(site.redirectUrl())).isEqualTo(1);
            assertThat(visitor.requestsTo(site.collector() + "/v1/identity/kargo/callback"))
                    .isEqualTo(1);

            page.reload();
            site.delivers("page", 2);
            page.evaluate("localStorage.clear()");
            page.reload();
            site.delivers("page", 3);
            assertThat(site.identifiers()).hasSize(1);
            assertThat(visitor.requestsTo(site.redirectUrl())).isEqualTo(1);
            visitor.sawNoException();
        }
    }

    @Test
    void a_browser_that_can_ask_goes_nowhere() {
        site.pages().answer(ID, 200, "application/json", "{\"puid\":\"" + PUID + "\"}", shared());
        try (Visitor visitor = Visitor.fresh()) {
            Page page = visitor.open(site.origin() + "/");
            assertThat(Tracker.settled(visitor, page)).isEqualTo("ok");
            site.delivers("page", 1);
            assertThat(site.identifiers()).containsExactly(PUID);
            assertThat(visitor.requestsTo(site.redirectUrl())).isZero();
        }
    }

    @Test
    void a_destination_that_sends_nobody_back_is_told_as_cors_or_network() {
        site.sandbox().fault("{\"status\":503,\"for\":\"id\"}");
        try (Visitor visitor = Visitor.fresh()) {
            Page page = visitor.open(site.origin() + "/");
            assertThat(Tracker.settled(visitor, page)).isEqualTo("failed");
            assertThat(page.evaluate("waybill.status().failure")).isEqualTo("cors_or_network");
            assertThat(cookies(visitor)).containsExactly("wb_kargo_r HttpOnly");
            visitor.sawNoException();
        }
    }

    /// The attacker brings a way back of its own, and makes the visitor's browser take it.
    @Test
    void a_page_elsewhere_plants_no_identifier() {
        String taken = site.collector() + "/v1/identity/kargo/callback?writeKey=wk_web&puid=" + PUID + "&state=";
        try (Visitor visitor = Visitor.fresh()) {
            Page page = visitor.open(site.pages().origin("evil.localhost") + "/elsewhere");
            page.evaluate(
                    "url => new Promise(done => { const i = new Image(); i.onload = i.onerror = done; i.src = url })",
                    taken + "AAAAAAAAAAAAAAAAAAAAAA");
            Object begun = page.evaluate(
                    "url => fetch(url, {method: 'POST', body: '{}', credentials: 'include'}).then(a => a.status, () => 0)",
                    site.collector() + "/v1/identity/kargo/redirect?writeKey=wk_web");
            assertThat(begun).as("the page is told nothing").isEqualTo(0);
            assertThat(cookies(visitor)).isEmpty();
            visitor.open(taken + "AAAAAAAAAAAAAAAAAAAAAA");
            assertThat(cookies(visitor)).isEmpty();
        }
    }
}
