package dev.waybill.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.WaitUntilState;
import dev.waybill.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the script forgets, tells and keeps back where a person, a platform, the browser or the collector forbids.
@Tag("browser")
class DeniedSyncScriptTest extends ScriptVisits {
    @Test
    void an_opt_out_that_kargos_own_tag_keeps_suppresses_always() {
        site.head = "<script>localStorage.krg_crb = btoa(JSON.stringify({lexId: '" + ScriptSite.PUID
                + "', optOut: true}))</script>" + ScriptSite.SNIPPET;
        Page page = visit();
        assertThat(status(page).get("state")).isEqualTo("opted_out");
        assertThat(report(0).toString()).contains("\"optOut\":true");
        visit();
        assertThat(site.asked).isEmpty();
        assertThat(site.events).isEmpty();
        assertThat(site.reports).hasSize(1);
    }

    @Test
    void what_the_collector_denies_is_forgotten_and_not_asked_for_again_at_once() {
        site.stored = "{\"stored\":false,\"reason\":\"consent_denied\"}";
        Page page = visit();
        page.waitForFunction("waybill.status().state === 'denied'");
        assertThat(page.evaluate("localStorage.getItem('wb_kargo').includes('" + ScriptSite.PUID + "')"))
                .isEqualTo(false);
        assertThat(status(visit(START.plusSeconds(60))).get("failure")).isEqualTo("consent");
        assertThat(site.asked).hasSize(1);
        visit(START.plusSeconds(3600));
        assertThat(site.asked).hasSize(2);
    }

    @Test
    void a_person_whom_the_server_suppresses_is_not_asked_for_again() {
        site.stored = "{\"stored\":false,\"reason\":\"suppressed\"}";
        visit().waitForFunction("waybill.status().state === 'opted_out'");
        assertThat(status(visit(START.plusSeconds(60))).get("state")).isEqualTo("opted_out");
        assertThat(site.asked).hasSize(1);
    }

    @Test
    void an_opt_out_that_the_collector_could_not_keep_is_told_again() {
        Page page = visit();
        report(0);
        site.reportStatus = 503;
        page.evaluate("waybill.optOut()");
        assertThat(report(1).get("optOut")).isEqualTo(Json.Bool.TRUE);
        assertThat(String.valueOf(page.evaluate("localStorage.wb_kargo"))).doesNotContain(ScriptSite.PUID);
        page.close();
        site.reportStatus = 200;
        Page next = visit(START.plusSeconds(60));
        assertThat(report(2).get("optOut")).isEqualTo(Json.Bool.TRUE);
        assertThat(report(2).text("puid")).isNull();
        assertThat(report(2).text("anonymousId")).isEqualTo(report(1).text("anonymousId"));
        next.waitForFunction("localStorage.wb_kargo.includes('posted')");
        assertThat(status(visit(START.plusSeconds(120))).get("state")).isEqualTo("opted_out");
        assertThat(site.reports).hasSize(3);
    }

    @Test
    void a_withdrawal_is_told_until_the_collector_has_it_and_then_nothing_of_the_person_stays_on_the_device() {
        site.body = "<script>waybill.identify('u-1', {plan: 'pro'})</script>";
        Page page = visit();
        String known = String.valueOf(report(0).text("anonymousId"));
        page.waitForFunction("localStorage.wb_user && document.cookie.includes('" + known + "')");
        browser.addInitScript("Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {value: true})");
        site.reportStatus = 503;
        assertThat(status(visit(START.plusSeconds(60))).get("state")).isEqualTo("denied");
        assertThat(report(1).get("withdrawn")).isEqualTo(Json.Bool.TRUE);
        assertThat(report(1).text("anonymousId")).isEqualTo(known);

        site.reportStatus = 200;
        Page last = visit(START.plusSeconds(120));
        assertThat(report(2).get("withdrawn")).isEqualTo(Json.Bool.TRUE);
        assertThat(report(2).text("anonymousId")).isEqualTo(known);
        last.waitForFunction("Object.keys(localStorage).join() + document.cookie === ''");
        visit(START.plusSeconds(180));
        assertThat(site.reports).hasSize(3);
    }

    @Test
    void whoever_takes_back_the_sync_alone_keeps_the_anonymous_id_that_events_still_carry() {
        // A pipeline whose events need no purpose 1, which the sync always needs.
        String script = site.script().replace("\"purposes\":[1,", "\"purposes\":[");
        browser.route(
                "**/waybill.js?*",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/javascript")
                        .setBody(script)));
        site.head = "<script>" + platforms() + "window.decide = platform.tcf(platform.tcData("
                + "[1, 2, 3, 4, 7, 9, 10], true))</script>" + ScriptSite.SNIPPET;
        Page page = visit();
        String known = String.valueOf(report(0).text("anonymousId"));
        page.evaluate("decide(platform.tcData([2, 3, 4, 7, 9, 10], true))");
        assertThat(report(1).get("withdrawn")).isEqualTo(Json.Bool.TRUE);
        page.waitForFunction("!localStorage.wb_kargo");
        page.evaluate("waybill.track('Later')");
        page.waitForCondition(() -> site.events.size() == 2);
        assertThat(site.events.get(1).text("anonymousId")).isEqualTo(known);
    }

    @Test
    void
            a_withdrawal_that_the_collector_does_not_know_yet_is_told_before_the_next_sync_and_its_identifier_is_not_read() {
        site.body = "<script>waybill.consent({C0004: true}); waybill.page()</script>";
        categories();
        Page page = visit();
        report(0);
        page.evaluate("document.cookie = 'wb_kargo_s=ok." + START.getEpochSecond() + "."
                + START.plusSeconds(100_000).getEpochSecond() + "'");
        site.reportStatus = 503;
        page.evaluate("waybill.consent({C0004: false})");
        assertThat(report(1).get("withdrawn")).isEqualTo(Json.Bool.TRUE);
        page.waitForFunction("JSON.parse(localStorage.wb_kargo).withdrawn");

        site.reportStatus = 200;
        assertThat(status(visit(START.plusSeconds(60))).get("state")).isEqualTo("ok");
        assertThat(report(2).get("withdrawn")).isEqualTo(Json.Bool.TRUE);
        assertThat(report(3).text("puid")).isEqualTo(ScriptSite.PUID);
        assertThat(site.asked).hasSize(2);
        assertThat(site.identityReads).isEmpty();
    }

    /// A pipeline that wants the category C0004.
    private void categories() {
        String script = site.script().replace("\"category\":[]", "\"category\":[\"C0004\"]");
        browser.route(
                "**/waybill.js?*",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/javascript")
                        .setBody(script)));
    }

    private static String platforms() {
        try {
            return Files.readString(Path.of("src/test/resources/consent/platforms.js"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_platform_whose_script_is_deferred_until_the_page_is_read_is_waited_for() {
        CompletableFuture<String> deferred = new CompletableFuture<>();
        site.own = deferred::join;
        site.head = "<script defer src=/own.js></script>" + ScriptSite.SNIPPET;
        Page page = browser.newPage();
        page.navigate(site.shop(), new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
        page.waitForFunction("window.waybill && waybill.status && document.readyState === 'interactive'");
        assertThat(status(page).get("state")).isEqualTo("waiting");

        deferred.complete(platforms() + ";window.decide = platform.tcf({})");
        page.waitForFunction("window.decide && document.readyState === 'complete'");
        assertThat(status(page).get("state")).isEqualTo("waiting");
        assertThat(site.asked).isEmpty();
        page.evaluate("decide(platform.tcData([1, 2, 3, 4, 7, 9, 10], true))");
        page.waitForFunction("waybill.status().state === 'ok'");
    }

    /// A platform whose script comes long after the page was read.
    @Test
    void the_wait_for_a_platform_that_comes_late_has_an_end_too() {
        site.head = "<script>" + platforms() + "</script>" + ScriptSite.SNIPPET;
        Page page = browser.newPage();
        page.clock().install();
        page.navigate(site.shop());
        settled(page);
        page.waitForCondition(() -> site.events.size() == 1);
        page.clock().runFor(60_000);
        page.evaluate("window.decide = platform.tcf({}); dispatchEvent(new Event('visibilitychange'))");
        page.waitForFunction("waybill.status().state === 'waiting'");
        page.clock().runFor(20_000);
        assertThat(status(page).get("state")).isEqualTo("waiting");
        page.clock().runFor(15_000);
        assertThat(status(page).get("state")).isEqualTo("denied");
        page.evaluate("decide(platform.tcData([1, 2, 3, 4, 7, 9, 10], true))");
        page.waitForFunction("waybill.status().state === 'ok'");
    }

    @Test
    void global_privacy_control_keeps_sync_and_events_back() {
        browser.addInitScript("Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {value: true})");
        Page page = visit();
        assertThat(status(page).get("state")).isEqualTo("denied");
        assertThat(status(page).get("dropped")).isEqualTo(1);
        assertThat(site.asked).isEmpty();
        assertThat(site.events).isEmpty();
    }
}
