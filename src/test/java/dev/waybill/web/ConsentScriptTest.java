package dev.waybill.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What the browser's half of consent makes of the platforms that pages have, as they decide, change and withdraw.
@Tag("browser")
@ExtendWith(Browsing.class)
class ConsentScriptTest {
    private final PageServer pages = new PageServer();
    private final Visitor visitor = Visitor.fresh();

    @BeforeEach
    void serve() throws IOException {
        pages.folder("/js/", Path.of("src/main/js"))
                .script("/platforms.js", Files.readString(Path.of("src/test/resources/consent/platforms.js")))
                .page("/", "<script src=\"/platforms.js\"></script>", "");
    }

    @AfterEach
    void stop() {
        visitor.sawNoException();
        visitor.close();
        pages.close();
    }

    private Page page() {
        return visitor.open(pages.origin("shop.localhost") + "/");
    }

    private static void until(Page page, String condition) {
        page.waitForFunction(condition);
    }

    @Test
    void without_any_platform_the_scope_decides_at_once() {
        Page page = page();
        assertThat(page.evaluate("begin({scope: 'us'})")).isEqualTo("allowed: sync send");
        assertThat(page.evaluate("begin({scope: 'gdpr'})")).isEqualTo("scope: - -");
        assertThat(page.evaluate("JSON.stringify(consent.state().signals)")).isEqualTo("{}");
    }

    @Test
    void a_tcf_platform_decides_later_and_may_withdraw() {
        Page page = page();
        page.evaluate("window.decide = platform.tcf({}); 0");
        assertThat(page.evaluate("begin({})")).isEqualTo("undecided: - - undecided");
        assertThat(page.evaluate("JSON.stringify(consent.state().signals)")).isEqualTo("{}");
        page.evaluate("decide(platform.tcData([1, 2, 3, 4, 7, 9, 10], true))");
        page.evaluate("decide(platform.tcData([1], true))");
        page.evaluate("decide(platform.tcData([], false))");
        assertThat(page.evaluate("changes")).isEqualTo(List.of("allowed: sync send", "tcf: sync -", "tcf: - -"));
        assertThat(page.evaluate("JSON.stringify(consent.state().signals)"))
                .isEqualTo("{\"gdprApplies\":true,\"tcf\":\"CTESTSTRING\"}");
    }

    @Test
    void a_banner_opened_once_more_changes_nothing_until_it_is_answered() {
        Page page = page();
        page.evaluate("window.decide = platform.tcf(platform.tcData([1, 2, 3, 4, 7, 9, 10], true)); 0");
        assertThat(page.evaluate("begin({})")).isEqualTo("allowed: sync send");
        page.evaluate("decide({eventStatus: 'cmpuishown', gdprApplies: true, tcString: ''})");
        assertThat(page.evaluate("changes")).isEqualTo(List.of());
    }

    @Test
    void where_the_gdpr_applies_after_all_the_banners_question_is_open() {
        Page page = page();
        page.evaluate("window.decide = platform.tcf({eventStatus: 'tcloaded', gdprApplies: false}); 0");
        assertThat(page.evaluate("begin({})")).isEqualTo("allowed: sync send");
        page.evaluate("decide({eventStatus: 'cmpuishown', gdprApplies: true, tcString: ''})");
        page.evaluate("decide(platform.tcData([1, 2, 3, 4, 7, 9, 10], true))");
        page.evaluate("decide({eventStatus: 'cmpuishown', gdprApplies: true, tcString: ''})");
        assertThat(page.evaluate("changes")).isEqualTo(List.of("undecided: - - undecided", "allowed: sync send"));
    }

    @Test
    void a_us_privacy_platform_that_has_no_string_and_knows_no_deletion_leaves_nothing_open_and_deletes_nobody() {
        Page page = page();
        page.evaluate("window.__uspapi = (command, version, callback) => callback(null, false); 0");
        assertThat(page.evaluate("begin({})")).isEqualTo("allowed: sync send");
        assertThat(page.evaluate("deletions")).isEqualTo(0);
        assertThat(page.evaluate("JSON.stringify(consent.state().signals)")).isEqualTo("{}");
    }

    @Test
    void restrictions_of_a_publisher_count() {
        Page page = page();
        page.evaluate("window.decide = platform.tcf({}); 0");
        page.evaluate("begin({purposes: [1, 7]})");
        page.evaluate("decide(platform.tcData([1, 7], true, {1: {972: 0}}))");
        page.evaluate("decide(platform.tcData([1, 7], true, {7: {972: 2}}))");
        page.evaluate("decide(platform.tcData([1, 7], true, {1: {972: 1}, 7: {10: 0}}))");
        assertThat(page.evaluate("changes")).isEqualTo(List.of("tcf: - -", "tcf: sync -", "allowed: sync send"));
    }

    @Test
    void where_the_gdpr_does_not_apply_a_tcf_platform_forbids_nothing() {
        Page page = page();
        page.evaluate("platform.tcf({gdprApplies: false}); 0");
        assertThat(page.evaluate("begin({scope: 'gdpr'})")).isEqualTo("allowed: sync send");
        assertThat(page.evaluate("consent.state().signals.gdprApplies")).isEqualTo(false);
    }

    @Test
    void gpp_counts_once_it_is_ready_and_not_while_it_changes() {
        Page page = page();
        page.evaluate("""
                const ping = (status, optOut) => ({signalStatus: status, cmpStatus: 'loaded', applicableSections: [7],
                    gppString: 'DBABLA~TEST', parsedSections: {usnat: [{Version: 1, SaleOptOutNotice: 1,
                    SaleOptOut: optOut, MspaCoveredTransaction: 2}]}});
                window.ping = ping;
                window.change = platform.gpp(ping('not ready', 2)); 0""");
        assertThat(page.evaluate("begin({})")).isEqualTo("undecided: - - undecided");
        page.evaluate("change(ping('ready', 2))");
        assertThat(page.evaluate("JSON.stringify(consent.state().signals)"))
                .isEqualTo("{\"gpp\":\"DBABLA~TEST\",\"gppSid\":[7]}");
        page.evaluate("change(ping('not ready', 2))");
        page.evaluate("change(ping('ready', 1))");
        assertThat(page.evaluate("changes"))
                .isEqualTo(List.of("allowed: sync send", "undecided: - - undecided", "gpp: - -"));
    }

    @Test
    void a_gpp_section_that_applies_and_is_missing_forbids_and_none_that_applies_does_not() {
        Page page = page();
        page.evaluate("""
                window.ping = sections => ({signalStatus: 'ready', cmpStatus: 'loaded', gppString: 'DBAA',
                    applicableSections: sections, parsedSections: {}});
                window.change = platform.gpp(ping([-1])); 0""");
        assertThat(page.evaluate("begin({params: {gpp: 'gpp', gppSid: 'gpp_sid'}})"))
                .isEqualTo("allowed: sync send");
        assertThat(page.evaluate("JSON.stringify(consent.state().signals)"))
                .isEqualTo("{\"gpp\":\"DBAA\",\"gppSid\":[-1]}");
        assertThat(page.evaluate("consent.state().address('https://crb.example/id')"))
                .isEqualTo("https://crb.example/id?gpp=DBAA");
        page.evaluate("change(ping([8]))");
        assertThat(page.evaluate("changes")).isEqualTo(List.of("gpp: - -"));
    }

    @Test
    void a_us_privacy_string_forbids_and_a_deletion_is_told() {
        Page page = page();
        page.evaluate("window.us = platform.usp('1YNN'); 0");
        assertThat(page.evaluate("begin({})")).isEqualTo("allowed: sync send");
        assertThat(page.evaluate("consent.state().signals.usp")).isEqualTo("1YNN");
        page.evaluate("us.remove()");
        assertThat(page.evaluate("deletions")).isEqualTo(1);
        page.evaluate("platform.usp('1YYN')");
        assertThat(page.evaluate("begin({})")).isEqualTo("usp: - -");
    }

    @Test
    void global_privacy_control_forbids_without_waiting_for_anybody() {
        Page page = page();
        page.evaluate("Object.defineProperty(navigator, 'globalPrivacyControl', {value: true}); platform.tcf({}); 0");
        assertThat(page.evaluate("begin({})")).isEqualTo("gpc: - -");
        assertThat(page.evaluate("JSON.stringify(consent.state().signals)")).isEqualTo("{\"gpc\":true}");
        assertThat(page.evaluate("begin({signals: {tcf: false, gpp: true, usp: true, gpc: false}})"))
                .isEqualTo("allowed: sync send");
    }

    @Test
    void onetrust_groups_are_asked_and_their_changes_heard() {
        Page page = page();
        page.evaluate("window.OnetrustActiveGroups = ',C0001,'");
        assertThat(page.evaluate("begin({scope: 'gdpr', category: ['C0004']})")).isEqualTo("undecided: - - undecided");
        page.evaluate("""
                document.cookie = 'OptanonAlertBoxClosed=2026-01-01T00:00:00.000Z';
                OnetrustActiveGroups = ',C0001,C0004,';
                dispatchEvent(new Event('OneTrustGroupsUpdated'));
                OnetrustActiveGroups = ',C0001,';
                document.cookie = 'OptanonConsent=isGpcEnabled=0&groups=C0001%3A1%2CC0004%3A0';
                dispatchEvent(new Event('OneTrustGroupsUpdated'))""");
        assertThat(page.evaluate("changes")).isEqualTo(List.of("allowed: sync send", "category: - -"));
        assertThat(page.evaluate("JSON.stringify(consent.state().signals.categoryPreferences)"))
                .isEqualTo("{\"C0001\":true,\"C0004\":false}");
        page.evaluate("delete window.OnetrustActiveGroups");
        page.evaluate("document.cookie = 'OptanonConsent=groups=C0001%3A1%2CC0004%3A1'");
        assertThat(page.evaluate("consent.state().send")).isEqualTo(true);
    }

    @Test
    void a_banner_of_the_site_gives_its_choices_and_may_say_that_the_question_is_open() {
        Page page = page();
        page.evaluate("begin({scope: 'gdpr', category: ['C0004']})");
        page.evaluate("consent.give({C0004: null})");
        page.evaluate("consent.give({C0004: true})");
        page.evaluate("consent.give({C0004: false, C0002: true})");
        assertThat(page.evaluate("changes"))
                .isEqualTo(List.of("undecided: - - undecided", "allowed: sync send", "category: - -"));
        assertThat(page.evaluate("JSON.stringify(consent.state().signals)"))
                .isEqualTo("{\"categoryPreferences\":{\"C0004\":false,\"C0002\":true}}");
    }

    @Test
    void a_page_in_a_frame_of_another_site_asks_the_platforms_above_it() {
        pages.page(
                "/outer",
                "<script src=\"/platforms.js\"></script>",
                "<script>const decide = platform.tcf({}); platform.usp('1YNN'); platform.answerFrames('__tcfapi');"
                        + "platform.answerFrames('__uspapi');</script>"
                        + "<iframe name=\"inner\" src=\"" + pages.origin("inner.localhost") + "/\"></iframe>");
        Page page = visitor.open(pages.origin("shop.localhost") + "/outer");
        var inner = page.frame("inner");
        assertThat(inner.evaluate("begin({})")).isEqualTo("undecided: - - undecided");
        page.evaluate("decide(platform.tcData([1, 2, 3, 4, 7, 9, 10], true))");
        inner.waitForFunction("consent.state().send");
        assertThat(inner.evaluate("JSON.stringify(consent.state().signals)"))
                .isEqualTo("{\"gdprApplies\":true,\"tcf\":\"CTESTSTRING\",\"usp\":\"1YNN\"}");
        page.evaluate("decide(platform.tcData([], true))");
        inner.waitForFunction("consent.state().rule === 'tcf'");
    }

    @Test
    void a_platform_that_stands_below_the_script_is_found_once_the_page_is_read() {
        pages.page(
                "/late",
                "<script src=\"/platforms.js\"></script>",
                "<script>window.started = begin({})</script><script src=\"/slow.js\"></script>"
                        + "<script>platform.tcf({gdprApplies: false})</script>");
        pages.script("/slow.js", "");
        Page page = visitor.open(pages.origin("shop.localhost") + "/late");
        page.evaluate("started");
        until(page, "consent.state().decided");
        assertThat(page.evaluate("consent.state().signals.gdprApplies")).isEqualTo(false);
    }
}
