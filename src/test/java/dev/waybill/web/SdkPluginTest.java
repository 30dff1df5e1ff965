package dev.waybill.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.waybill.e2e.Http;
import dev.waybill.e2e.Started;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The makers' own browser SDKs, unmodified, that go on sending to their own service: the plugin sends Waybill a copy
/// of each event, with the same messageId, and only the copy waits for the identifier.
@Tag("browser")
@ExtendWith({Started.Logs.class, Browsing.class})
class SdkPluginTest {
    @TempDir
    private static Path directory;

    private static Site site;

    /// An SDK, where its file is in its package, and how a page loads it with its own service and the plugin.
    enum Sdk {
        SEGMENT("@segment/analytics-next", "dist/umd/index.js", """
                window.sdk = AnalyticsNext.AnalyticsBrowser.load(
                    {writeKey: 'wk_web', cdnURL: location.origin, plugins: [waybillSegment()]});
                """),
        RUDDERSTACK("@rudderstack/analytics-js", "dist/npm/modern/bundled/umd/index.js", """
                window.sdk = new rudderanalytics.RudderAnalytics();
                waybillRudderstack(sdk);
                sdk.load('wk_web', location.origin, {configUrl: location.origin});
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
        site = Site.start(directory);
        for (String call : List.of("p", "i", "t", "page", "identify", "track", "batch")) {
            site.pages().answer("/v1/" + call, 200, "application/json", "{\"success\":true}", Map.of());
        }
        // The service of the SDK's maker, on the shop's own host: it answers as Waybill would, with its own address.
        settings("/v1/projects/wk_web/settings");
        settings("/sourceConfig/");
        for (Sdk sdk : Sdk.values()) {
            String plugin = site.collector() + "/waybill-" + sdk.path().substring(1) + ".js";
            site.pages()
                    .folder("/npm/" + sdk.name + "/", NpmPackages.directory(sdk.name))
                    .page(
                            sdk.path(),
                            site.snippet() + "<script src=\"/npm/" + sdk.name + "/" + sdk.file + "\"></script>"
                                    + "<script src=\"" + plugin + "\"></script>",
                            "<script>" + sdk.load + "sdk.page('Home'); sdk.identify('user-1', {plan: 'gold'});"
                                    + "sdk.track('Product Viewed', {product_id: 'p1'});</script>");
        }
    }

    private static void settings(String path) {
        String server = site.server().url().replace("http://", "");
        String answer =
                Http.get(site.server().url() + path + "?writeKey=wk_web").ok().body();
        String own = site.origin().replace("http://", "");
        site.pages().answer(path, 200, "application/json", answer.replace(server, own), Map.of());
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
    void an_sdk_keeps_its_own_service_and_waybill_gets_a_copy_with_the_identifier(Sdk sdk) {
        int before = site.pages().posted().size();
        try (Visitor visitor = Visitor.fresh()) {
            Page page = visitor.open(site.origin() + sdk.path());
            for (String event : List.of("page", "identify", "product_viewed")) {
                site.delivers(event, 1);
            }
            assertThat(Tracker.settled(visitor, page)).isEqualTo("ok");
            visitor.until(
                    page,
                    "the SDK's own service has its three",
                    () -> site.pages().posted().size() >= before + 3);
            assertThat(site.identifiers()).hasSize(1).noneMatch(id -> id.equals("null"));
            List<String> own = site.pages().posted().subList(before, before + 3).stream()
                    .map(posted -> String.valueOf(((JsonObject) JsonText.read(posted.body())).text("messageId")))
                    .toList();
            assertThat(site.events().subList(0, 3).stream().map(event -> String.valueOf(event.text("messageId"))))
                    .containsExactlyInAnyOrderElementsOf(own);

            page.reload();
            site.delivers("product_viewed", 2);
            assertThat(site.identifiers()).hasSize(1);
            assertThat(visitor.requestsTo(site.syncUrl())).isEqualTo(1);
            visitor.sawNoException();
        }
    }
}
