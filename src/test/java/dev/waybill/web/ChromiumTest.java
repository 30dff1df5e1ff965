package dev.waybill.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.waybill.e2e.SandboxProcess;
import dev.waybill.e2e.Started;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What the browser tests rest on: hosts, cookies of other sites, profiles that are kept.
@Tag("browser")
@ExtendWith({Started.Logs.class, Browsing.class})
class ChromiumTest {
    private static final String ASK =
            "url => fetch(url, {credentials: 'include'}).then(r => r.json()).then(j => j.puid)";

    @Test
    void pages_on_two_hosts_are_served_and_a_broken_one_is_noticed() {
        try (PageServer pages = new PageServer();
                Visitor visitor = Visitor.fresh()) {
            pages.page("/", "", "<h1>shop</h1>").page("/broken", "<script>nothing.here()</script>", "");
            assertThat(visitor.open(pages.origin("shop.localhost") + "/").textContent("h1"))
                    .isEqualTo("shop");
            visitor.sawNoException();
            Page broken = visitor.open(pages.origin("other.localhost") + "/broken");
            visitor.until(broken, "the exception is noticed", () -> !visitor.exceptions()
                    .isEmpty());
            assertThat(visitor.exceptions().toString()).contains("nothing is not defined");
        }
    }

    @Test
    void cookies_of_another_site_are_kept_over_a_restart_only_where_they_are_allowed(@TempDir Path directory) {
        try (PageServer pages = new PageServer();
                SandboxProcess sandbox =
                        SandboxProcess.start(directory, 100, List.of(pages.origin("shop.localhost")))) {
            pages.page("/", "", "");
            String url = "http://crb.localhost:" + URI.create(sandbox.url()).getPort() + "/id";
            for (var cookies : Chromium.ThirdPartyCookies.values()) {
                Path profile = directory.resolve(cookies.name());
                String first = ask(profile, cookies, pages, url);
                String second = ask(profile, cookies, pages, url);
                assertThat(first.equals(second))
                        .as(cookies.name())
                        .isEqualTo(cookies == Chromium.ThirdPartyCookies.ALLOWED);
            }
        }
    }

    private static String ask(Path profile, Chromium.ThirdPartyCookies cookies, PageServer pages, String url) {
        try (Visitor visitor = Visitor.withProfile(profile, cookies)) {
            Page page = visitor.open(pages.origin("shop.localhost") + "/");
            return String.valueOf(page.evaluate(ASK, url));
        }
    }

    @Test
    void a_strict_policy_of_a_page_holds() {
        try (PageServer pages = new PageServer();
                Visitor visitor = Visitor.fresh()) {
            pages.policy("default-src 'self'")
                    .answer("/data", 200, "application/json", "{}", Map.of())
                    .page("/", "<script>window.ran = true</script>", "");
            Page page = visitor.open(pages.origin("shop.localhost") + "/");
            assertThat(page.evaluate("window.ran")).isNull();
            assertThat(visitor.printed().toString()).contains("Content Security Policy");
        }
    }
}
