package dev.waybill.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The script's second file, which reads consent platforms: who loads it, and what waits for it.
@Tag("browser")
@ExtendWith(Browsing.class)
class PlatformFileTest {
    private static final String FILE = "**/waybill.*.js";

    @TempDir
    private Path data;

    private ScriptSite site;
    private final Visitor visitor = Visitor.fresh();

    @BeforeEach
    void open() throws IOException {
        site = new ScriptSite(data);
    }

    @AfterEach
    void close() {
        visitor.sawNoException();
        visitor.close();
        site.close();
    }

    /// Pages have a platform that says where the GDPR applies.
    private void withPlatform(String says) throws IOException {
        String platforms = Files.readString(Path.of("src/test/resources/consent/platforms.js"));
        site.head = "<script>" + platforms + "window.decide = " + says + ";</script>" + ScriptSite.SNIPPET;
    }

    private static Map<?, ?> status(Page page) {
        return (Map<?, ?>) page.evaluate("waybill.status()");
    }

    private static void reaches(Page page, String state) {
        page.waitForFunction("window.waybill && waybill.status && waybill.status().state === '" + state + "'");
    }

    @Test
    void the_script_of_a_default_pipeline_with_a_sync_has_at_most_6_kib_compressed() {
        assertThat(site.compressed()).isLessThanOrEqualTo(6144);
    }

    @Test
    void a_page_without_a_platform_never_asks_for_it() {
        Page page = visitor.open(site.shop());
        assertThat(Tracker.settled(visitor, page)).isEqualTo("ok");
        assertThat(site.platformsAsked).hasValue(0);
    }

    @Test
    void a_page_with_one_loads_it_once_by_its_hash_and_integrity() throws IOException {
        withPlatform("platform.tcf({gdprApplies: false})");
        Page page = visitor.open(site.shop());
        assertThat(Tracker.settled(visitor, page)).isEqualTo("ok");
        assertThat(status(page).get("consent")).isEqualTo("allowed");
        assertThat(site.platformsAsked).hasValue(1);
        assertThat(String.valueOf(page.evaluate("document.querySelector('script[integrity]').integrity")))
                .startsWith("sha384-");
        assertThat(site.events.getFirst().toString()).contains("\"gdprApplies\":false");
    }

    @Test
    void sync_and_events_wait_while_it_is_on_its_way() throws IOException {
        withPlatform("platform.tcf({gdprApplies: false})");
        List<Route> held = new CopyOnWriteArrayList<>();
        visitor.context().route(FILE, held::add);
        Page page = visitor.open("about:blank");
        // The file belongs to the page's load event, which therefore doesn't come yet.
        page.evaluate("url => { location = url }", site.shop());
        page.waitForCondition(() -> held.size() == 1);
        reaches(page, "waiting");
        assertThat(status(page).get("consent")).isEqualTo("undecided");
        assertThat(site.asked).isEmpty();
        held.getFirst().resume();
        assertThat(Tracker.settled(visitor, page)).isEqualTo("ok");
        assertThat(site.events).hasSize(1);
    }

    @Test
    void without_it_the_sync_is_denied_and_events_stay_until_a_page_that_has_it() throws IOException {
        withPlatform("platform.tcf({gdprApplies: false})");
        site.platformsServed = false;
        Page page = visitor.open(site.shop());
        reaches(page, "denied");
        assertThat(status(page).get("consent")).isEqualTo("unread");
        assertThat(status(page).get("queued")).isEqualTo(1);
        assertThat(site.asked).isEmpty();

        site.platformsServed = true;
        Page next = visitor.open(site.shop());
        assertThat(Tracker.settled(visitor, next)).isEqualTo("ok");
        visitor.until(next, "both pages' events are there", () -> site.events.size() == 2);
    }

    @Test
    void other_bytes_under_its_name_are_never_run() throws IOException {
        withPlatform("platform.tcf({gdprApplies: false})");
        visitor.context()
                .route(
                        FILE,
                        route -> route.fulfill(new Route.FulfillOptions()
                                .setHeaders(Map.of("Access-Control-Allow-Origin", "*"))
                                .setContentType("text/javascript")
                                .setBody("window.stranger = true")));
        Page page = visitor.open(site.shop());
        reaches(page, "denied");
        assertThat(status(page).get("consent")).isEqualTo("unread");
        assertThat(page.evaluate("window.stranger")).isNull();
    }
}
