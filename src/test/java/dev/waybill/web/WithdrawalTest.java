package dev.waybill.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.Cookie;
import dev.waybill.consent.TcStrings;
import dev.waybill.e2e.Started;
import dev.waybill.web.Chromium.ThirdPartyCookies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Consent that is taken back while a page is open and events are queued: they never leave, the identifier and its
/// cookies go, and the collector is told.
@Tag("browser")
@ExtendWith({Started.Logs.class, Browsing.class})
class WithdrawalTest {
    private static final Set<Integer> PURPOSES = Set.of(1, 2, 3, 4, 7, 9, 10);
    private static final String YES = tcData(PURPOSES, List.of(972));
    private static final String NO = tcData(Set.of(), List.of());

    @TempDir
    private static Path directory;

    private static Site site;

    @BeforeAll
    static void start() throws IOException {
        site = Site.start(directory, "cookie: {domain: shop.localhost}", "consent: {category: C0004}");
        String platforms = Files.readString(Path.of("src/test/resources/consent/platforms.js"));
        site.pages()
                .script("/platforms.js", platforms)
                .page(
                        "/tcf",
                        "<script src=\"/platforms.js\"></script><script>window.decide = platform.tcf(" + YES
                                + ")</script>" + site.snippet(),
                        "<script>waybill.push(['track', 'Cart Viewed'])</script>")
                .page(
                        "/onetrust",
                        "<script>document.cookie = 'OptanonAlertBoxClosed=2026-01-01';"
                                + "window.OnetrustActiveGroups = ',C0001,C0004,'</script>" + site.snippet(),
                        "<script>waybill.push(['track', 'Cart Viewed'])</script>");
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    /// With a string that says the same, because the collector reads that.
    private static String tcData(Set<Integer> purposes, List<Integer> vendors) {
        String text = TcStrings.write(purposes, vendors, Map.of(), true, false, null);
        return "Object.assign(platform.tcData(%s, %s), {tcString: '%s'})"
                .formatted(List.copyOf(purposes), !vendors.isEmpty(), text);
    }

    @Test
    void a_tcf_banner_that_says_no_after_yes(@TempDir Path profile) {
        withdrawn(profile, "/tcf", "decide(" + NO + ")", "decide(" + YES + ")");
    }

    @Test
    void onetrust_groups_that_are_taken_away(@TempDir Path profile) {
        String groups = "OnetrustActiveGroups = '%s'; dispatchEvent(new Event('OneTrustGroupsUpdated'))";
        withdrawn(profile, "/onetrust", groups.formatted(",C0001,"), groups.formatted(",C0001,C0004,"));
    }

    private static void withdrawn(Path profile, String path, String no, String yes) {
        site.sandbox().forget();
        List<String> told = new CopyOnWriteArrayList<>();
        List<String> batches = new CopyOnWriteArrayList<>();
        try (Visitor visitor = Visitor.withProfile(profile, ThirdPartyCookies.ALLOWED)) {
            visitor.context().onRequest(request -> {
                note(request, "/v1/identity/kargo", told);
                note(request, "/v1/batch", batches);
            });
            Page page = visitor.open(site.origin() + path);
            assertThat(Tracker.settled(visitor, page)).isEqualTo("ok");
            site.delivers("cart_viewed", 1);
            visitor.until(
                    page, "the identifier is a cookie", () -> cookies(visitor).contains("wb_kargo"));
            String puid = String.valueOf(page.evaluate("JSON.parse(localStorage.wb_kargo).puid"));

            // One turn of the page's loop: the event is queued, and nothing of it has been sent.
            page.evaluate("() => { waybill.track('Product Viewed', {secret: 'queued'}); " + no + "; }");
            assertThat(Tracker.state(page)).isEqualTo("denied");
            visitor.until(page, "the cookies are gone", () -> !cookies(visitor).contains("wb_kargo"));
            assertThat(cookies(visitor)).doesNotContain("wb_kargo_s");
            assertThat(told.getLast()).contains("\"failure\":\"consent\"", "\"withdrawn\":true");
            assertThat(page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('wb_q_')).length"))
                    .isEqualTo(0);
            assertThat(String.valueOf(page.evaluate("JSON.stringify(localStorage)")))
                    .doesNotContain(puid);

            page.evaluate("() => { waybill.track('Product Added', {secret: 'later'}); }");
            page.evaluate("() => { " + yes + "; waybill.track('Checkout Started'); }");
            site.delivers("checkout_started", 1);
            assertThat(batches).noneMatch(body -> body.contains("secret"));
            assertThat(site.names()).containsExactly("cart_viewed", "checkout_started");
            visitor.sawNoException();
        }
    }

    private static void note(Request request, String path, List<String> bodies) {
        if (request.url().contains(path) && request.postData() != null) {
            bodies.add(request.postData());
        }
    }

    private static List<String> cookies(Visitor visitor) {
        return visitor.context().cookies().stream()
                .map((Cookie cookie) -> cookie.name)
                .toList();
    }
}
