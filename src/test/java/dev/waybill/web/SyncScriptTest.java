package dev.waybill.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.waybill.web.ScriptSite.Answer;
import dev.waybill.workspace.Pipeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// When the script asks for an identifier, when it doesn't, and what it tells.
@Tag("browser")
class SyncScriptTest extends ScriptVisits {
    @Test
    void it_asks_once_tells_the_collector_and_keeps_the_identifier_for_the_pages_that_follow() {
        Page page = visit();
        assertThat(status(page).get("state")).isEqualTo("ok");
        assertThat(status(page).get("puid")).isEqualTo("3e0b1c2d…");
        assertThat(report(0).text("puid")).isEqualTo(ScriptSite.PUID);
        assertThat(kargo(0).text("puid")).isEqualTo(ScriptSite.PUID);
        assertThat(report(0).text("anonymousId"))
                .isEqualTo(site.events.getFirst().text("anonymousId"));

        visit();
        visit(START.plus(Duration.ofDays(364)));
        assertThat(kargo(2).text("puid")).isEqualTo(ScriptSite.PUID);
        assertThat(site.asked).containsExactly("/id");
        assertThat(site.reports).hasSize(1);
        visit(START.plus(Duration.ofDays(366)));
        assertThat(site.asked).hasSize(2);
    }

    @Test
    void a_failed_sync_rests_for_half_an_hour_then_twice_as_long_each_time_up_to_a_day() {
        site.id = () -> new Answer(500, "");
        Instant now = START;
        List<Integer> minutes = List.of(30, 60, 120, 240, 480, 960, 1440, 1440);
        for (int i = 0; i < minutes.size(); i++) {
            Page page = visit(now);
            assertThat(site.asked).as("at %s", now).hasSize(i + 1);
            assertThat(status(page).get("failure")).isEqualTo("http");
            Instant end = now.plus(Duration.ofMinutes(minutes.get(i)));
            assertThat(status(page).get("until")).isEqualTo((double) end.toEpochMilli());
            visit(end.minusSeconds(1));
            assertThat(site.asked).hasSize(i + 1);
            now = end.plusSeconds(1);
            browser.pages().stream().skip(1).forEach(Page::close);
        }
        assertThat(site.reports)
                .hasSize(minutes.size())
                .allSatisfy(report -> assertThat(report.text("failure")).isEqualTo("http"));
        assertThat(kargo(0).text("failure")).isEqualTo("http");
        site.id = () -> new Answer(200, "{\"puid\":\"" + ScriptSite.PUID + "\"}");
        visit(now);
        site.id = () -> new Answer(500, "");
        Instant later = now.plus(Duration.ofDays(400));
        assertThat(status(visit(later)).get("until"))
                .isEqualTo((double) later.plus(Duration.ofMinutes(30)).toEpochMilli());
    }

    @Test
    void failures_before_a_given_time_do_not_keep_it_from_asking_again() {
        site.id = () -> new Answer(500, "");
        visit();
        site.serve(data, sync -> retrying(sync, START));
        visit(START.plusSeconds(10));
        assertThat(site.asked).hasSize(1);
        site.serve(data, sync -> retrying(sync, START.plusSeconds(11)));
        Page page = visit(START.plusSeconds(12));
        assertThat(site.asked).hasSize(2);
        assertThat(status(page).get("until"))
                .isEqualTo((double) START.plusSeconds(12 + 1800).toEpochMilli());
        visit(START.plusSeconds(13));
        assertThat(site.asked).hasSize(2);
    }

    private static Pipeline.Sync retrying(Pipeline.Sync sync, Instant before) {
        return new Pipeline.Sync(
                sync.cookieDays(),
                sync.refreshDays(),
                sync.failureTtl(),
                sync.firstFailureTtl(),
                sync.hold(),
                sync.timeout(),
                before,
                sync.sources());
    }

    @Test
    void each_way_to_fail_has_its_word() {
        Map<Answer, String> answers = Map.of(
                new Answer(200, "<html>"), "shape",
                new Answer(200, "{\"puid\":\"12\"}"), "shape",
                new Answer(200, "{\"puid\":null}"), "shape",
                new Answer(200, ""), "shape",
                new Answer(404, "{}"), "http",
                new Answer(0, ""), "timeout");
        answers.forEach((answer, word) -> {
            // Only what never answers is to be late.
            Duration timeout = Duration.ofMillis(word.equals("timeout") ? 300 : 20_000);
            site.serve(data, sync -> ScriptSite.holding(sync, Duration.ofMillis(100), timeout));
            site.id = () -> answer;
            assertThat(failure()).as(answer.toString()).isEqualTo(word);
        });
        site.serve(data, sync -> sync);
        site.idShared = false;
        site.id = () -> new Answer(200, "{\"puid\":\"" + ScriptSite.PUID + "\"}");
        assertThat(failure()).isEqualTo("cors_or_network");
    }

    private @org.jspecify.annotations.Nullable Object failure() {
        try (BrowserContext other = Chromium.fresh()) {
            Page page = other.newPage();
            page.navigate(site.shop());
            settled(page);
            return status(page).get("failure");
        }
    }

    @Test
    void an_opt_out_in_another_tab_while_a_sync_runs_stays() {
        for (Answer answer : List.of(new Answer(200, "{\"puid\":\"" + ScriptSite.PUID + "\"}"), new Answer(500, ""))) {
            CountDownLatch optedOut = new CountDownLatch(1);
            site.id = () -> {
                try {
                    optedOut.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return answer;
            };
            Page page = browser.newPage();
            page.navigate(site.shop());
            page.waitForFunction("window.waybill && waybill.status && waybill.status().state === 'syncing'");
            page.evaluate("localStorage.wb_kargo = JSON.stringify({optOut: true})");
            page.waitForResponse("**/id", optedOut::countDown);
            // Whatever the script makes of the answer, it has made when one more call is answered.
            page.evaluate("fetch('/after').then(() => 0)");
            assertThat(status(page).get("state")).isEqualTo("opted_out");
            assertThat(page.evaluate("JSON.parse(localStorage.wb_kargo).optOut"))
                    .isEqualTo(true);
            assertThat(page.evaluate("JSON.parse(localStorage.wb_kargo).puid")).isNull();
            page.evaluate("localStorage.clear()");
            page.close();
        }
    }

    @Test
    void tabs_that_open_together_ask_once() {
        together();
    }

    @Test
    void a_page_that_has_no_web_locks_syncs_all_the_same() {
        browser.addInitScript("Object.defineProperty(Navigator.prototype, 'locks', {value: undefined})");
        assertThat(status(visit()).get("state")).isEqualTo("ok");
    }

    @Test
    void a_browser_that_can_not_end_a_call_after_a_time_syncs_and_reads_the_collectors_cookie() {
        browser.addInitScript("delete AbortSignal.timeout");
        assertThat(status(visit()).get("state")).isEqualTo("ok");
        report(0);
        browser.clearCookies();
        site.head = "<script>localStorage.clear();document.cookie = 'wb_kargo_s=ok." + START.getEpochSecond() + "."
                + START.plusSeconds(100_000).getEpochSecond() + "'</script>" + ScriptSite.SNIPPET;
        assertThat(status(visit()).get("state")).isEqualTo("ok");
        assertThat(site.identityReads).hasSize(1);
        assertThat(site.asked).hasSize(1);
    }

    private void together() {
        Page first = browser.newPage();
        List<Page> all = new ArrayList<>(List.of(first));
        first.navigate(site.origin("shop.localhost") + "/blank");
        settled(first);
        first.evaluate("localStorage.clear()");
        site.asked.clear();
        Object opened = first.evaluate("() => { for (let i = 0; i < 3; i++) open('/?' + i); }");
        assertThat(opened).isNull();
        first.waitForCondition(() -> browser.pages().size() == 4);
        all.addAll(browser.pages());
        all.forEach(page -> {
            settled(page);
            assertThat(status(page).get("state")).isEqualTo("ok");
        });
        assertThat(site.asked).hasSize(1);
    }

    @Test
    void a_browser_whose_local_storage_was_emptied_gets_it_back_from_the_collector() {
        long now = START.getEpochSecond();
        site.stateCookie = "wb_kargo_s=ok." + now + "." + (now + 1000) + "; Domain=shop.localhost; Path=/";
        Page page = visit();
        report(0);
        page.waitForCondition(() -> browser.cookies().stream().anyMatch(cookie -> cookie.name.equals("wb_kargo_s")));
        page.evaluate("localStorage.clear()");

        assertThat(status(visit(START.plusSeconds(5))).get("state")).isEqualTo("ok");
        assertThat(site.identityReads).hasSize(1);
        assertThat(site.asked).hasSize(1);
        visit(START.plusSeconds(1001));
        assertThat(site.asked).hasSize(2);
    }

    @Test
    void an_identifier_that_kargos_own_tag_keeps_is_taken_only_where_it_is_a_source() {
        site.id = () -> new Answer(500, "");
        site.head = "<script>document.cookie = 'krg_crb=' + encodeURIComponent(JSON.stringify({v: btoa(JSON.stringify("
                + "{lexId: '" + ScriptSite.PUID + "'}))}))</script>" + ScriptSite.SNIPPET;
        assertThat(status(visit()).get("state")).isEqualTo("failed");
        site.serve(
                data,
                sync -> new Pipeline.Sync(
                        sync.cookieDays(),
                        null,
                        sync.failureTtl(),
                        sync.firstFailureTtl(),
                        sync.hold(),
                        sync.timeout(),
                        START.plusSeconds(1),
                        List.of(Pipeline.Source.FETCH, Pipeline.Source.KRG_CRB)));
        assertThat(status(visit(START.plusSeconds(2))).get("state")).isEqualTo("ok");
        assertThat(site.asked).hasSize(2);
    }

    @Test
    void a_page_without_storage_syncs_and_sends_all_the_same() {
        browser.addInitScript("for (const name of ['localStorage', 'sessionStorage'])"
                + " Object.defineProperty(window, name, {get() { throw new Error('denied') }});"
                + "Object.defineProperty(Document.prototype, 'cookie', {get() { throw new Error('denied') },"
                + " set() { throw new Error('denied') }})");
        Page page = visit();
        assertThat(status(page).get("state")).isEqualTo("ok");
        assertThat(kargo(0).text("puid")).isEqualTo(ScriptSite.PUID);
    }

    @Test
    void where_the_collector_keeps_no_cookie_the_pages_own_copy_goes_on_every_event() {
        site.stored = "{\"stored\":false,\"reason\":\"origins_open\"}";
        Page page = visit();
        report(0);
        page.evaluate("waybill.track('Later')");
        assertThat(kargo(0).text("puid")).isEqualTo(ScriptSite.PUID);
        assertThat(status(visit(START.plusSeconds(60))).get("state")).isEqualTo("ok");
        assertThat(site.asked).hasSize(1);
    }

    @Test
    void a_collector_that_does_not_answer_holds_up_no_sync() {
        site.serve(data, sync -> ScriptSite.holding(sync, Duration.ofMillis(500), Duration.ofMillis(500)));
        site.identityAnswers = false;
        site.head = "<script>document.cookie = 'wb_kargo_s=ok." + START.getEpochSecond() + "."
                + START.plusSeconds(100_000).getEpochSecond() + "'</script>" + ScriptSite.SNIPPET;
        visit();
        assertThat(site.identityReads).hasSize(1);
        assertThat(site.asked).hasSize(1);
    }

    @Test
    void a_page_that_comes_back_goes_on_with_its_sync() {
        site.serve(data, sync -> ScriptSite.holding(sync, Duration.ofSeconds(3), Duration.ofSeconds(3)));
        site.id = () -> new Answer(0, "");
        Page page = browser.newPage();
        page.navigate(site.shop());
        page.waitForFunction("window.waybill && waybill.status && waybill.status().state === 'syncing'");
        page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))");
        page.waitForFunction("performance.getEntriesByType('resource').some(one => one.name.includes('/id'))");
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))");
        page.waitForFunction("waybill.status().state === 'failed'");
    }
}
