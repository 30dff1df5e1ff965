package dev.waybill.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Page;
import dev.waybill.e2e.Started;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.web.Chromium.ThirdPartyCookies;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Visits to a shop that uses `waybill.js`: every event arrives with the visitor's identifier, and the identifier is
/// asked for once.
@Tag("browser")
@ExtendWith({Started.Logs.class, Browsing.class})
class WalkTest {
    private static final List<String> NAMES = new ArrayList<>();

    @TempDir
    private static Path directory;

    private static Site site;

    @TempDir
    private Path profile;

    @BeforeAll
    static void start() throws IOException {
        site = Site.start(directory);
        site.pages()
                .page("/", site.snippet(), "<h1>shop</h1><script>waybill.push(['page', 'Home'])</script>")
                .page("/walk", "", "<script>window.waybill = [];" + calls() + "</script>" + site.scriptTag());
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @BeforeEach
    void forget() {
        site.sandbox().heal();
        site.sandbox().forget();
    }

    /// The calls of a visit from the search to the order, as a page makes them before the script is there.
    private static String calls() throws IOException {
        StringBuilder calls = new StringBuilder();
        try (InputStream in = WalkTest.class.getResourceAsStream("/e2e/twelve-calls.json")) {
            Json.Arr all = (Json.Arr) JsonText.read(Objects.requireNonNull(in).readAllBytes());
            for (Json each : all.items()) {
                JsonObject row = (JsonObject) each;
                JsonObject call = Objects.requireNonNull(row.object("call"));
                NAMES.add(String.valueOf(
                        Objects.requireNonNull(row.object("body")).text("event")));
                List<Json> arguments = new ArrayList<>();
                arguments.add(Json.of(String.valueOf(call.text("type"))));
                switch (String.valueOf(call.text("type"))) {
                    case "identify" -> arguments.addAll(List.of(Json.of("user-1"), call.get("traits")));
                    case "page" -> arguments.addAll(List.of(call.get("name"), call.get("properties")));
                    default -> arguments.addAll(List.of(call.get("event"), call.get("properties")));
                }
                calls.append("waybill.push(")
                        .append(new String(JsonText.bytes(new Json.Arr(arguments)), StandardCharsets.UTF_8))
                        .append(");");
            }
        }
        return calls.toString();
    }

    @Test
    void page_identify_and_the_ten_events_of_a_visit_arrive_with_its_identifier() {
        try (Visitor visitor = Visitor.withProfile(profile, ThirdPartyCookies.ALLOWED)) {
            Page page = visitor.open(site.origin() + "/walk");
            site.delivers("twelve events", bodies -> bodies.size() == 12);

            assertThat(site.names()).containsExactlyInAnyOrderElementsOf(NAMES);
            assertThat(Tracker.settled(visitor, page)).isEqualTo("ok");
            assertThat(visitor.requestsTo(site.syncUrl())).isEqualTo(1);
            assertThat(site.identifiers()).containsExactly(askedAgain(page));
            visitor.sawNoException();
        }
    }

    /// What the ID endpoint says when it is asked once more: it knows the browser by its own cookie.
    private static String askedAgain(Page page) {
        return String.valueOf(page.evaluate(
                "url => fetch(url, {credentials: 'include'}).then(r => r.json()).then(j => j.puid)", site.syncUrl()));
    }

    @Test
    void a_reload_a_new_tab_and_a_restart_of_the_browser_share_one_sync() {
        long syncs;
        try (Visitor visitor = Visitor.withProfile(profile, ThirdPartyCookies.ALLOWED)) {
            Page page = visitor.open(site.origin() + "/");
            site.delivers("page", 1);
            Tracker.settled(visitor, page);
            page.reload();
            site.delivers("page", 2);
            visitor.open(site.origin() + "/");
            site.delivers("page", 3);
            syncs = visitor.requestsTo(site.syncUrl());
            visitor.sawNoException();
        }
        try (Visitor visitor = Visitor.withProfile(profile, ThirdPartyCookies.ALLOWED)) {
            Page page = visitor.open(site.origin() + "/");
            site.delivers("page", 4);
            Tracker.settled(visitor, page);
            syncs += visitor.requestsTo(site.syncUrl());
        }
        assertThat(syncs).isEqualTo(1);
        assertThat(site.identifiers()).hasSize(1).noneMatch(id -> id.equals("null"));
    }

    @Test
    void tabs_that_are_opened_at_once_share_one_sync() {
        site.sandbox().fault("{\"delayMs\":500,\"for\":\"id\"}");
        try (Visitor visitor = Visitor.withProfile(profile, ThirdPartyCookies.ALLOWED)) {
            List<Page> tabs = List.of(
                    visitor.context().newPage(),
                    visitor.context().newPage(),
                    visitor.context().newPage());
            tabs.forEach(tab -> tab.evaluate("url => { location.href = url; }", site.origin() + "/"));
            site.delivers("page", 3);
            tabs.forEach(tab -> assertThat(Tracker.settled(visitor, tab)).isEqualTo("ok"));
            assertThat(visitor.requestsTo(site.syncUrl())).isEqualTo(1);
            assertThat(site.identifiers()).hasSize(1);
        }
    }

    @Test
    void after_the_identifiers_expiry_it_is_asked_for_once_more() {
        try (Visitor visitor = Visitor.withProfile(profile, ThirdPartyCookies.ALLOWED)) {
            Page page = visitor.open(site.origin() + "/");
            assertThat(Tracker.settled(visitor, page)).isEqualTo("ok");
            setClock(page, Duration.ofDays(364));
            page.reload();
            assertThat(Tracker.settled(visitor, page)).isEqualTo("ok");
            assertThat(visitor.requestsTo(site.syncUrl())).isEqualTo(1);
            setClock(page, Duration.ofDays(366));
            page.reload();
            assertThat(Tracker.settled(visitor, page)).isEqualTo("ok");
            assertThat(visitor.requestsTo(site.syncUrl())).isEqualTo(2);
            page.reload();
            assertThat(Tracker.settled(visitor, page)).isEqualTo("ok");
            assertThat(visitor.requestsTo(site.syncUrl())).isEqualTo(2);
        }
    }

    @Test
    void after_a_failure_there_is_no_sync_within_the_markers_time_and_one_after() {
        site.sandbox().fault("{\"status\":500,\"for\":\"id\"}");
        try (Visitor visitor = Visitor.withProfile(profile, ThirdPartyCookies.ALLOWED)) {
            Page page = visitor.open(site.origin() + "/");
            assertThat(Tracker.settled(visitor, page)).isEqualTo("failed");
            site.sandbox().heal();
            setClock(page, Duration.ofMinutes(29));
            page.reload();
            assertThat(Tracker.settled(visitor, page)).isEqualTo("failed");
            assertThat(visitor.requestsTo(site.syncUrl())).isEqualTo(1);
            setClock(page, Duration.ofMinutes(31));
            page.reload();
            assertThat(Tracker.settled(visitor, page)).isEqualTo("ok");
            assertThat(visitor.requestsTo(site.syncUrl())).isEqualTo(2);
            // Those before are the same browser's, and join when they are young enough.
            site.delivers("a page", bodies -> bodies.stream().anyMatch(body -> "page".equals(body.text("event"))));
        }
    }

    /// The page's clock, from its next load on.
    private static void setClock(Page page, Duration later) {
        page.clock()
                .install(new Clock.InstallOptions()
                        .setTime(Date.from(Instant.now().plus(later))));
    }
}
