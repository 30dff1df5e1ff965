package dev.waybill.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.waybill.json.JsonObject;
import dev.waybill.web.ScriptSite.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the script makes of calls, and that no event is lost on its way.
@Tag("browser")
@SuppressWarnings("NullAway") // a key that is missing fails the test
class TrackerScriptTest {
    @TempDir
    private Path data;

    private ScriptSite site;
    private BrowserContext browser;
    private Page page;

    @BeforeEach
    void open() throws IOException {
        site = new ScriptSite(data);
        browser = Chromium.fresh();
        page = browser.newPage();
    }

    @AfterEach
    void close() {
        browser.close();
        site.close();
    }

    private JsonObject event(int i) {
        page.waitForCondition(() -> site.events.size() > i);
        return site.events.get(i);
    }

    private Map<?, ?> status() {
        return (Map<?, ?>) page.evaluate("waybill.status()");
    }

    @Test
    void calls_made_before_the_script_is_there_arrive_in_order_and_whole() {
        site.body = "<script>waybill.page('Shop', 'Home', {a: 1}); waybill.identify('u-1', {plan: 'pro'});"
                + "waybill.track('Product Viewed', {sku: 's-1'}, {context: {campaign: {name: 'x'}}})</script>";
        page.navigate(site.shop() + "?q=1#top");

        assertThat(event(2).text("event")).isEqualTo("Product Viewed");
        JsonObject first = event(0);
        assertThat(first.text("type")).isEqualTo("page");
        assertThat(first.text("name")).isEqualTo("Home");
        assertThat(first.object("properties").toString())
                .contains("\"category\":\"Shop\"", "\"a\":1", "\"search\":\"?q=1\"", "\"title\":\"Shop\"");
        assertThat(first.object("context").object("page").text("url")).isEqualTo(site.shop() + "?q=1");
        assertThat(first.object("context").object("library").text("name")).isEqualTo("waybill.js");
        assertThat(event(1).text("userId")).isEqualTo("u-1");
        assertThat(event(1).object("traits").text("plan")).isEqualTo("pro");
        assertThat(event(2).text("userId")).isEqualTo("u-1");
        assertThat(event(2).object("context").object("campaign").text("name")).isEqualTo("x");
        assertThat(event(2).text("anonymousId")).isEqualTo(first.text("anonymousId"));
        assertThat(event(2).text("messageId")).startsWith("wb-").isNotEqualTo(first.text("messageId"));
        page.evaluate("waybill.reset(); waybill.track('After')");
        assertThat(event(3).text("anonymousId")).isNotEqualTo(first.text("anonymousId"));
        assertThat(event(3).text("userId")).isNull();
    }

    /// @param now a TCF platform's state in JavaScript
    private void platform(String now) throws IOException {
        String platforms = Files.readString(Path.of("src/test/resources/consent/platforms.js"));
        site.head = "<script>" + platforms + ";window.decide = platform.tcf(" + now + ")</script>" + ScriptSite.SNIPPET;
    }

    @Test
    void an_event_made_while_a_banner_is_open_is_not_sent_by_a_page_without_one_but_by_one_with_an_answer()
            throws IOException {
        platform("{}");
        site.body = "<script>waybill.track('Open Question')</script>";
        page.navigate(site.shop());
        page.waitForFunction("window.waybill.status().queued === 1 && !!document.querySelector('script[integrity]')");
        site.head = ScriptSite.SNIPPET;
        site.body = "<script>waybill.track('Without A Banner')</script>";
        page.navigate(site.shop());
        assertThat(event(0).text("event")).isEqualTo("Without A Banner");
        page.waitForFunction("window.waybill.status().queued === 0");
        platform("platform.tcData([1, 2, 3, 4, 7, 9, 10], true)");
        site.body = "";
        page.navigate(site.shop());
        page.waitForFunction("window.waybill.status().state === 'ok'");
        assertThat(event(1).text("event")).isEqualTo("Open Question");
        assertThat(site.events).hasSize(2);
    }

    @Test
    void who_identified_while_consent_was_denied_is_known_once_it_is_given_and_nothing_was_kept_before()
            throws IOException {
        platform("platform.tcData([], false)");
        site.body = "<script>waybill.identify('u-7', {plan: 'pro'})</script>";
        page.navigate(site.shop());
        page.waitForFunction("window.waybill.status().state === 'denied' && window.waybill.status().dropped === 1");
        assertThat(page.evaluate("Object.keys(localStorage).filter(key => key !== 'wb_kargo').join()"))
                .isEqualTo("");
        page.evaluate("decide(platform.tcData([1, 2, 3, 4, 7, 9, 10], true))");
        page.evaluate("waybill.track('Cart Viewed')");
        assertThat(event(0).text("event")).isEqualTo("Cart Viewed");
        assertThat(event(0).text("userId")).isEqualTo("u-7");
        page.evaluate("decide(platform.tcData([], false)); waybill.identify('u-8'); waybill.reset()");
        page.evaluate("decide(platform.tcData([1, 2, 3, 4, 7, 9, 10], true)); waybill.track('Cart Viewed')");
        assertThat(event(1).text("userId")).isNull();
    }

    @Test
    void an_event_made_during_the_sync_goes_at_once_when_the_page_is_left() {
        site.serve(data, sync -> ScriptSite.holding(sync, Duration.ofSeconds(50), Duration.ofSeconds(50)));
        site.id = () -> new Answer(0, "");
        page.navigate(site.shop());
        page.waitForFunction("window.waybill && waybill.status");
        assertThat(status().get("state")).isEqualTo("syncing");
        assertThat(site.events).isEmpty();
        page.navigate(site.origin("other.localhost") + "/");
        page.waitForCondition(() -> site.events.stream()
                .anyMatch(event ->
                        event.object("context").object("page").text("url").equals(site.shop())));
    }

    @Test
    void what_a_collector_that_is_down_did_not_take_arrives_from_a_later_page() {
        site.batch = new Answer(503, "{}");
        page.navigate(site.shop());
        page.waitForFunction("window.waybill && waybill.status && waybill.status().state == 'ok'");
        page.waitForCondition(() -> site.batches.get() > 0);
        assertThat(status().get("queued")).isEqualTo(1);
        site.batch = new Answer(200, "{}");
        page.waitForCondition(() -> site.events.size() == 1);
        page.waitForFunction("waybill.status().queued == 0");
        assertThat(status().get("dropped")).isEqualTo(0);
    }

    @Test
    void what_a_collector_that_is_down_did_not_take_is_kept_when_the_tab_is_hidden() {
        site.batch = new Answer(503, "{}");
        page.navigate(site.shop());
        page.waitForFunction("window.waybill && waybill.status && waybill.status().state == 'ok'");
        page.waitForCondition(() -> site.batches.get() > 0);
        page.evaluate("Object.defineProperty(document, 'visibilityState', {value: 'hidden'});"
                + "document.dispatchEvent(new Event('visibilitychange'))");
        assertThat(status().get("queued")).isEqualTo(1);
        site.batch = new Answer(200, "{}");
        page.waitForCondition(() -> site.events.size() == 1);
    }

    @Test
    void a_page_without_any_consent_signal_says_nothing_of_consent() {
        // An empty object beside integrations would refuse every category, by Segment's table.
        page.navigate(site.shop());
        page.waitForFunction("window.waybill && waybill.status && waybill.status().state == 'ok'");
        page.evaluate("waybill.track('E', {}, {integrations: {All: true}})");
        assertThat(event(1).object("context").get("consent")).isNull();
    }

    @Test
    void an_opt_out_in_another_tab_counts_at_once() {
        page.navigate(site.shop());
        event(0);
        Page other = browser.newPage();
        other.navigate(site.shop());
        other.waitForFunction("window.waybill && waybill.status && waybill.status().state == 'ok'");
        event(1);
        other.evaluate("waybill.optOut()");
        page.evaluate("waybill.track('After')");
        assertThat(status().get("state")).isEqualTo("opted_out");
        assertThat(status().get("queued")).isEqualTo(0);
        assertThat(status().get("dropped")).isEqualTo(1);
    }

    @Test
    void whoever_refuses_gets_nothing_stored_on_the_device() {
        browser.addInitScript("Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {value: true})");
        site.body = "<script>waybill.page(); waybill.identify('u-1', {email: 'a@b.example'});"
                + "waybill.forward({type: 'track', event: 'E', anonymousId: 'a-1'})</script>";
        page.navigate(site.shop());
        page.waitForFunction("window.waybill && waybill.status && waybill.status().dropped == 3");
        assertThat(page.evaluate("Object.keys(localStorage).join() + document.cookie"))
                .isEqualTo("");
    }

    @Test
    void events_of_another_write_key_that_begins_alike_are_left_alone() {
        String event = "JSON.stringify({t: -Date.now(), e: {type: 'track', messageId: 'm', event: '%s'}})";
        site.body = "<script>localStorage['wb_q_wk_web:m-1'] = " + event.formatted("Own")
                + "; localStorage['wb_q_wk_web_a:m-2'] = " + event.formatted("Foreign") + "</script>";
        page.navigate(site.shop());
        page.waitForFunction("window.waybill && waybill.status && waybill.status().state == 'ok'");
        assertThat(event(0).text("event")).isEqualTo("Own");
        page.waitForFunction("waybill.status().queued == 0");
        assertThat(page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('wb_q_')).join()"))
                .isEqualTo("wb_q_wk_web_a:m-2");
        assertThat(site.events).hasSize(1);
    }

    @Test
    void what_was_left_behind_is_kept_for_a_week_and_500_of_it_also_while_a_question_is_open() throws IOException {
        platform("platform.tcf({})");
        site.body = "<script>const kept = (id, days, asked) => localStorage['wb_q_wk_web:' + id] = JSON.stringify("
                + "{t: -(Date.now() - days * 86400000), e: {type: 'track', messageId: id, event: 'E'}, q: asked});"
                + "kept('old', 8, false); kept('old-asked', 8, true); kept('young', 6, true);"
                + "for (let i = 0; i < 600; i++) kept('more-' + i, 1, true)</script>";
        page.navigate(site.shop());
        page.waitForFunction("window.waybill && waybill.status && waybill.status().dropped >= 103");
        assertThat((Integer) page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('wb_q_')).length"))
                .isBetween(498, 500);
        assertThat(page.evaluate("localStorage['wb_q_wk_web:old'] || localStorage['wb_q_wk_web:old-asked']"))
                .isNull();
        assertThat(site.events).isEmpty();
    }

    @Test
    void what_the_collector_asked_to_wait_for_is_waited_for() {
        site.batch = new Answer(429, "{}");
        site.retryAfter = "60";
        page.clock().install();
        page.navigate(site.shop());
        page.waitForResponse("**/v1/batch*", () -> page.clock().runFor(1000));
        // Whatever the script makes of the answer, it has made when one more call is answered.
        page.evaluate("fetch('/after').then(() => 0)");
        page.clock().runFor(40_000);
        assertThat(site.batches.get()).isEqualTo(1);
    }

    @Test
    void a_reset_stores_nothing_against_the_persons_will() {
        browser.addInitScript("Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {value: true})");
        site.body = "<script>waybill.page(); waybill.reset()</script>";
        page.navigate(site.shop());
        page.waitForFunction("window.waybill && waybill.status && waybill.status().dropped == 1");
        assertThat(page.evaluate("Object.keys(localStorage).join() + document.cookie"))
                .isEqualTo("");
    }

    @Test
    void what_is_refused_for_good_is_counted_and_not_sent_again() {
        site.batch = new Answer(403, "{}");
        page.navigate(site.shop());
        page.waitForFunction("window.waybill && waybill.status && waybill.status().dropped == 1");
        assertThat(status().get("queued")).isEqualTo(0);
    }

    @Test
    void the_report_of_the_identifier_carries_the_anonymous_id_of_the_sdk_whose_events_it_is_to_join() {
        site.body = "";
        page.navigate(site.shop());
        page.waitForCondition(() -> site.reports.size() == 1);
        page.waitForFunction("JSON.parse(localStorage.wb_kargo).posted");
        page.evaluate("waybill.enrich({type: 'track', anonymousId: 'sdk-1'})");
        page.waitForCondition(() -> site.reports.size() == 2);
        assertThat(site.reports.get(1).text("anonymousId")).isEqualTo("sdk-1");
        assertThat(site.reports.get(1).text("puid")).isEqualTo(ScriptSite.PUID);
        page.waitForFunction("JSON.parse(localStorage.wb_kargo).posted === 'sdk-1'");
        // The same one again tells nothing new, nor does an event without one; a log-out of the SDK does.
        page.evaluate("waybill.enrich({type: 'track', anonymousId: 'sdk-1'}); waybill.enrich({type: 'track'});"
                + "waybill.enrich({type: 'track', anonymousId: 'sdk-2'})");
        page.waitForFunction("JSON.parse(localStorage.wb_kargo).posted === 'sdk-2'");
        page.navigate(site.shop());
        page.waitForFunction("window.waybill && waybill.status && waybill.status().state == 'ok'");
        page.evaluate("waybill.track('E')");
        assertThat(event(0).text("anonymousId")).isEqualTo("sdk-2");
        assertThat(site.reports).hasSize(3);
    }

    @Test
    void an_anonymous_id_of_another_sdk_is_not_stored_against_the_persons_will() {
        browser.addInitScript("Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {value: true})");
        site.body = "";
        page.navigate(site.shop());
        page.waitForFunction("window.waybill && waybill.status && waybill.status().state == 'denied'");
        page.evaluate("waybill.enrich({type: 'track', anonymousId: 'sdk-1'})");
        assertThat(page.evaluate("Object.keys(localStorage).join() + document.cookie"))
                .isEqualTo("");
    }

    @Test
    void an_event_of_another_sdk_keeps_its_ids_and_gets_identifier_and_consent() {
        site.body = "";
        page.navigate(site.shop());
        page.waitForFunction("window.waybill && waybill.status && waybill.status().state == 'ok'");
        page.evaluate("waybill.consent({C0004: true});"
                + "waybill.forward({type: 'track', event: 'E', messageId: 'm-1', anonymousId: 'a-1',"
                + " context: {providers: {x: 1}}})");
        JsonObject event = event(0);
        assertThat(event.text("messageId")).isEqualTo("m-1");
        assertThat(event.text("anonymousId")).isEqualTo("a-1");
        assertThat(event.object("context").toString()).contains("\"x\":1", ScriptSite.PUID, "{\"C0004\":true}");
    }
}
