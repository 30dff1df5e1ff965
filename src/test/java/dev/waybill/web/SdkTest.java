package dev.waybill.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.waybill.e2e.Started;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The makers' own browser SDKs, unmodified, told that Waybill is their maker's service. `waybill.js` beside them only
/// asks for the identifier. The collector's cookie brings it to Segment's events; RudderStack's SDK sends no cookies to
/// another origin, and its events get it from the plugin.
@Tag("browser")
@ExtendWith({Started.Logs.class, Browsing.class})
class SdkTest {
    @TempDir
    private static Path directory;

    private static Site site;

    /// An SDK, where its file is in its package, and how a page loads it with Waybill as its only service.
    enum Sdk {
        SEGMENT("@segment/analytics-next", "dist/umd/index.js", """
                window.sdk = AnalyticsNext.AnalyticsBrowser.load({writeKey: '%1$s', cdnURL: '%2$s'});
                """),
        RUDDERSTACK("@rudderstack/analytics-js", "dist/npm/modern/bundled/umd/index.js", """
                window.sdk = new rudderanalytics.RudderAnalytics();
                waybillRudderstack(sdk, {enrich: true, forward: false});
                sdk.load('%1$s', '%2$s', {configUrl: '%2$s'});
                """);

        private final String name;
        private final String file;
        private final String load;

        Sdk(String name, String file, String load) {
            this.name = name;
            this.file = file;
            this.load = load;
        }

        String path() {
            return "/" + name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    @BeforeAll
    static void start() {
        site = Site.start(directory, "identityWait: 0s");
        for (Sdk sdk : Sdk.values()) {
            site.pages()
                    .folder("/npm/" + sdk.name + "/", NpmPackages.directory(sdk.name))
                    .page(
                            sdk.path(),
                            site.snippet() + "<script src=\"/npm/" + sdk.name + "/" + sdk.file + "\"></script>"
                                    + (sdk == Sdk.RUDDERSTACK ? plugin() : ""),
                            "<script>" + sdk.load.formatted(Site.WRITE_KEY, site.collector())
                                    + "sdk.page('Home'); sdk.identify('user-1', {plan: 'gold'});"
                                    + "sdk.track('Product Viewed', {product_id: 'p1'});</script>");
        }
    }

    private static String plugin() {
        return "<script src=\"" + site.collector() + "/waybill-rudderstack.js\"></script>";
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @BeforeEach
    void forget() {
        site.sandbox().forget();
    }

    @ParameterizedTest
    @EnumSource
    void an_sdk_that_is_pointed_at_waybill_is_heard(Sdk sdk) {
        try (Visitor visitor = Visitor.fresh()) {
            long before = site.events().size();
            Page page = visitor.open(site.origin() + sdk.path());
            visitor.until(page, "three events are received", () -> site.events().size() >= before + 3);
            visitor.sawNoException();
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_sdk_that_is_pointed_at_waybill_has_the_identifier_on_its_events_after_a_reload(Sdk sdk) {
        try (Visitor visitor = Visitor.fresh()) {
            long before = site.events().size();
            Page page = visitor.open(site.origin() + sdk.path());
            visitor.until(page, "three events are received", () -> site.events().size() >= before + 3);
            assertThat(Tracker.settled(visitor, page)).isEqualTo("ok");
            visitor.until(
                    page,
                    "the collector has set its cookies",
                    () -> visitor.context().cookies().stream()
                            .anyMatch(cookie -> cookie.name.equals("wb_kargo") && cookie.httpOnly));
            site.settles();
            site.sandbox().forget();

            page.reload();
            for (String event : new String[] {"page", "identify", "product_viewed"}) {
                site.delivers(event, 1);
            }
            assertThat(site.identifiers()).hasSize(1).noneMatch(id -> id.equals("null"));
            assertThat(visitor.requestsTo(site.syncUrl())).isEqualTo(1);
            assertThat(visitor.requests())
                    .as("everything stays on this site and the ID endpoint")
                    .allMatch(url -> url.matches("(http://([a-z]+\\.)?(shop|crb)\\.localhost:|data:|blob:).*"));
            visitor.sawNoException();
        }
    }
}
