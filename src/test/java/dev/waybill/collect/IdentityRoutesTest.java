package dev.waybill.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.http.RawConnection;
import dev.waybill.identity.Report;
import dev.waybill.identity.SyncFailure;
import dev.waybill.suppress.Suppressions;
import dev.waybill.suppress.SuppressionsFullException;
import dev.waybill.workspace.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What browsers report of a destination's identifier, and what they are told.
class IdentityRoutesTest {
    private static final String PUID = "efaa6e95-8f9e-25bf-d0ec-6bbbcf92ce59";
    private static final String PAGE = "Origin: https://www.example.com\r\n";
    private static final String KARGO = "/v1/identity/kargo?writeKey=";

    private final TestCollector collector = new TestCollector(
            TestCollector.pipeline("closed", "wk_closed", "https://www.example.com"),
            TestCollector.pipeline("open", "wk_open"));

    @AfterEach
    void stop() {
        collector.close();
    }

    private RawConnection.Answer report(String headers, String body) throws IOException {
        return collector.post(KARGO + "wk_closed", headers, body);
    }

    private static String has(String more) {
        return "{\"puid\":\"" + PUID + "\",\"anonymousId\":\"a-1\"" + more + "}";
    }

    @Test
    void an_identifier_is_kept_in_a_cookie_that_no_script_can_read_and_reported_to_the_lanes() throws IOException {
        RawConnection.Answer answer = report(PAGE, has(""));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"stored\":true}");
        assertThat(answer.header("set-cookie"))
                .contains("wb_kargo=" + PUID + "; Max-Age=31536000; Path=/; Secure; HttpOnly; SameSite=Lax")
                .contains("wb_kargo_s=ok.1795435200.1826971200; Max-Age=31536000; Path=/; Secure;" + " SameSite=Lax");
        assertThat(answer.header("access-control-allow-origin")).isEqualTo("https://www.example.com");
        assertThat(answer.header("access-control-allow-credentials")).isEqualTo("true");
        assertThat(answer.header("vary")).isEqualTo("Origin");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        assertThat(collector.identities.reports)
                .containsExactly(new Report(TestCollector.NOW.toEpochMilli(), "kargo", "a-1", PUID, null));
        assertThat(collector.identities.results).containsExactly("kargo stored");
    }

    @Test
    void the_identifier_is_given_back_to_listed_origins_only() throws IOException {
        String cookie = "Cookie: other=1; wb_kargo=" + PUID + "\r\n";

        RawConnection.Answer listed = collector.request("GET", KARGO + "wk_closed", PAGE + cookie);
        RawConnection.Answer foreign =
                collector.request("GET", KARGO + "wk_closed", "Origin: https://evil.example\r\n" + cookie);
        RawConnection.Answer open = collector.request("GET", KARGO + "wk_open", PAGE + cookie);
        RawConnection.Answer without = collector.request("GET", KARGO + "wk_closed", PAGE);

        assertThat(listed.body()).isEqualTo("{\"puid\":\"" + PUID + "\"}");
        assertThat(listed.header("cache-control")).isEqualTo("no-store");
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(foreign.body()).doesNotContain(PUID);
        assertThat(open.body()).isEqualTo("{\"puid\":null}");
        assertThat(without.body()).isEqualTo("{\"puid\":null}");
    }

    @Test
    void of_two_cookies_of_the_name_the_first_of_the_usual_shape_counts() throws IOException {
        RawConnection.Answer answer = collector.request(
                "GET", KARGO + "wk_closed", PAGE + "Cookie: wb_kargo=grown; wb_kargo=\"" + PUID + "\"\r\n");

        assertThat(answer.body()).isEqualTo("{\"puid\":\"" + PUID + "\"}");
    }

    @Test
    void a_cookie_that_grew_never_reaches_an_event() throws IOException {
        collector.post(
                "/v1/track?writeKey=wk_closed",
                PAGE + "Cookie: wb_kargo=" + "x".repeat(4_000) + "\r\n",
                "{\"event\":\"a\"}");

        assertThat(collector.records.getFirst().header().kitCookies()).isEmpty();
    }

    @Test
    void a_pipeline_without_origins_keeps_no_cookie_and_still_joins_the_report() throws IOException {
        RawConnection.Answer answer = collector.post(KARGO + "wk_open", PAGE, has(""));

        assertThat(answer.header("set-cookie")).isEmpty();
        assertThat(answer.body())
                .isEqualTo("{\"stored\":false,\"reason\":\"origins_open\",\"detail\":\"the pipeline lists no origins,"
                        + " so that no cookie is kept; list the site's under origins\"}");
        assertThat(collector.identities.reports).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {",\"consent\":{\"gdprApplies\":true}", ",\"consent\":{\"gpc\":true}"})
    void nothing_is_kept_against_the_persons_consent(String consent) throws IOException {
        RawConnection.Answer answer = report(PAGE, has(consent));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).startsWith("{\"stored\":false,\"reason\":\"consent_denied\",\"detail\":\"");
        assertThat(answer.header("set-cookie")).isEmpty();
        assertThat(collector.identities.reports).isEmpty();
    }

    @Test
    void what_was_kept_before_goes_when_consent_denies_or_the_person_is_suppressed() throws IOException {
        String kept = PAGE + "Cookie: wb_kargo=" + PUID + "\r\n";

        assertThat(report(kept + "Sec-GPC: 1\r\n", has("")).header("set-cookie"))
                .contains("wb_kargo=; Max-Age=0", "wb_kargo_s=; Max-Age=0");
        collector.identities.suppressed.add(PUID);
        assertThat(report(kept, has("")).header("set-cookie")).contains("wb_kargo=; Max-Age=0");
    }

    @Test
    void the_browsers_own_opt_out_header_denies() throws IOException {
        assertThat(report(PAGE + "Sec-GPC: 1\r\n", has("")).body()).contains("\"reason\":\"consent_denied\"");
    }

    @Test
    void a_failure_is_reported_to_the_lanes_with_its_cause() throws IOException {
        RawConnection.Answer answer = report(PAGE, "{\"failure\":\"cors_or_network\",\"anonymousId\":\"a-1\"}");

        assertThat(answer.body()).isEqualTo("{\"stored\":false,\"reason\":\"cors_or_network\"}");
        assertThat(collector.identities.reports)
                .containsExactly(new Report(
                        TestCollector.NOW.toEpochMilli(), "kargo", "a-1", null, SyncFailure.CORS_OR_NETWORK));
    }

    @Test
    void consent_refused_clears_the_cookies() throws IOException {
        assertThat(report(PAGE, "{\"failure\":\"consent\",\"anonymousId\":\"a-1\"}")
                        .header("set-cookie"))
                .contains("wb_kargo=; Max-Age=0")
                .contains("wb_kargo_s=; Max-Age=0");
    }

    @Test
    void a_withdrawal_is_kept_with_its_time_and_clears_the_cookies() throws IOException {
        RawConnection.Answer answer =
                report(PAGE, "{\"failure\":\"consent\",\"withdrawn\":true,\"anonymousId\":\"a-1\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"stored\":false,\"reason\":\"consent\"}");
        assertThat(answer.header("set-cookie")).contains("wb_kargo=; Max-Age=0");
        assertThat(collector.identities.withdrawals).containsExactly("closed a-1 " + TestCollector.NOW.toEpochMilli());
        assertThat(collector.identities.reports).extracting(Report::failure).containsExactly(SyncFailure.CONSENT);
        assertThat(collector.identities.results).containsExactly("kargo withdrawn");
    }

    @Test
    void a_refusal_without_consent_before_is_no_withdrawal() throws IOException {
        report(PAGE, "{\"failure\":\"consent\",\"anonymousId\":\"a-1\"}");

        assertThat(collector.identities.withdrawals).isEmpty();
        assertThat(collector.identities.results).containsExactly("kargo consent");
    }

    @Test
    void a_withdrawal_that_is_not_durable_is_not_acknowledged_and_keeps_the_cookie_that_makes_the_page_tell_again()
            throws IOException {
        collector.identities.unavailable = "the disk is full";

        RawConnection.Answer answer =
                report(PAGE, "{\"failure\":\"consent\",\"withdrawn\":true,\"anonymousId\":\"a-1\"}");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("it is not sure that the withdrawal is kept (the disk is full); send again");
        assertThat(answer.header("retry-after")).isEqualTo("2");
        assertThat(answer.header("set-cookie")).isEmpty();
    }

    @Test
    void an_over_long_anonymous_id_withdraws_nothing() throws IOException {
        RawConnection.Answer answer = report(
                PAGE, "{\"failure\":\"consent\",\"withdrawn\":true,\"anonymousId\":\"" + "ü".repeat(128) + "\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("anonymousId is longer than 255 bytes");
        assertThat(collector.identities.withdrawals).isEmpty();
    }

    @Test
    void an_opt_out_suppresses_the_browser_and_the_identifier_in_its_cookie() throws IOException {
        RawConnection.Answer answer =
                report(PAGE + "Cookie: wb_kargo=" + PUID + "\r\n", "{\"optOut\":true,\"anonymousId\":\"a-1\"}");

        assertThat(answer.body()).isEqualTo("{\"stored\":false,\"reason\":\"opted_out\"}");
        assertThat(answer.header("set-cookie")).contains("wb_kargo=; Max-Age=0");
        assertThat(collector.identities.suppressed).containsExactlyInAnyOrder("a-1", PUID);
        assertThat(report(PAGE, has("")).body()).contains("\"reason\":\"suppressed\"");
    }

    @Test
    void an_opt_out_suppresses_no_identifier_that_only_its_body_names() throws IOException {
        String body = "{\"optOut\":true,\"anonymousId\":\"a-1\",\"puid\":\"" + PUID + "\"}";
        report(PAGE, body);
        assertThat(collector.identities.suppressed).contains("a-1").doesNotContain(PUID);

        String own = "00000000-8f9e-25bf-d0ec-6bbbcf92ce59";
        report(PAGE + "Cookie: wb_kargo=" + own + "\r\n", body);
        assertThat(collector.identities.suppressed).contains("a-1", own).doesNotContain(PUID);
        assertThat(report(PAGE, "{\"optOut\":true,\"puid\":\"" + PUID + "\"}").body())
                .contains("optOut needs the anonymousId of the browser, or the cookie that it had");
    }

    /// Addresses are those that a proxy tells.
    private void behindProxy() {
        collector.workspace.set(TestCollector.workspace(
                TestCollector.settings(Settings.DEFAULT.publicUrl(), List.of("127.0.0.1")),
                TestCollector.pipeline("closed", "wk_closed")));
    }

    @Test
    void an_address_that_withdraws_consent_again_and_again_is_slowed_down() throws IOException {
        behindProxy();
        String from = "X-Forwarded-For: 203.0.113.7\r\n";
        String withdrawal = "{\"failure\":\"consent\",\"withdrawn\":true,\"anonymousId\":\"a-1\"}";
        for (int i = 0; i < AddressRates.Limit.WITHDRAWALS.burst(); i++) {
            assertThat(report(from, withdrawal).status()).isEqualTo(200);
        }
        collector.now.set(TestCollector.NOW.plusSeconds(1));
        RawConnection.Answer refused = report(from, withdrawal);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.body())
                .contains("\"reason\":\"rate_limited\"")
                .contains("this address withdraws consent more than 10 times a minute; send again later");
        assertThat(refused.header("retry-after")).isEqualTo("6");
        assertThat(report(from, withdrawal.replace(",\"withdrawn\":true", "")).status())
                .isEqualTo(200);
        assertThat(report("X-Forwarded-For: 203.0.113.8\r\n", withdrawal).status())
                .isEqualTo(200);
    }

    @Test
    void an_address_that_opts_out_one_browser_after_the_other_is_slowed_down_long_before_it_fills_the_memory()
            throws IOException {
        behindProxy();
        String from = "X-Forwarded-For: 203.0.113.7\r\n";
        int taken = 0;
        for (int second = 0; second < 120; second++) {
            collector.now.set(TestCollector.NOW.plusSeconds(second));
            RawConnection.Answer answer = report(from, "{\"optOut\":true,\"anonymousId\":\"a-" + second + "\"}");
            if (answer.status() == 200) {
                taken++;
            } else {
                assertThat(answer.status()).isEqualTo(429);
                assertThat(answer.body())
                        .contains("\"reason\":\"rate_limited\"")
                        .contains("this address opts out more than 10 browsers a minute; send again later");
                assertThat(Integer.parseInt(answer.header("retry-after"))).isBetween(1, 6);
            }
        }
        assertThat(taken).isBetween(38, 40);
        assertThat(collector.identities.suppressed).filteredOn(Objects::nonNull).hasSize(taken);
        assertThat(report(from, has("")).status()).isEqualTo(200);
        assertThat(report("X-Forwarded-For: 203.0.113.8\r\n", "{\"optOut\":true,\"anonymousId\":\"b\"}")
                        .status())
                .isEqualTo(200);
        for (int i = 0; i < 100; i++) {
            assertThat(report("", "{\"optOut\":true,\"anonymousId\":\"loopback-" + i + "\"}")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void opt_outs_from_ever_other_addresses_are_slowed_down_together_and_loopback_with_them() throws IOException {
        behindProxy();
        for (int i = 0; i < OptOutRates.BURST; i++) {
            assertThat(report(
                                    "X-Forwarded-For: 2001:db8:0:" + Integer.toHexString(i) + "::1\r\n",
                                    "{\"optOut\":true,\"anonymousId\":\"a-" + i + "\"}")
                            .status())
                    .isEqualTo(200);
        }
        for (String from : List.of("X-Forwarded-For: 203.0.113.8\r\n", "")) {
            RawConnection.Answer refused = report(from, "{\"optOut\":true,\"anonymousId\":\"b\"}");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.body())
                    .contains("\"reason\":\"rate_limited\"")
                    .contains("more than 50 browsers a second opt out here; send again later");
            assertThat(refused.header("retry-after")).isEqualTo("1");
            assertThat(refused.header("set-cookie")).isEmpty();
        }
        collector.now.set(TestCollector.NOW.plusMillis(20));
        assertThat(report("", "{\"optOut\":true,\"anonymousId\":\"b\"}").status())
                .isEqualTo(200);
        assertThat(report("", "{\"optOut\":true,\"anonymousId\":\"c\"}").status())
                .isEqualTo(429);
    }

    @Test
    void an_opt_out_that_finds_no_room_is_not_acknowledged_and_takes_no_cookie() throws IOException {
        collector.identities.full = new SuppressionsFullException(Suppressions.MOST_BY_BROWSERS);

        RawConnection.Answer answer =
                report(PAGE + "Cookie: wb_kargo=" + PUID + "\r\n", "{\"optOut\":true,\"anonymousId\":\"a-1\"}");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body())
                .contains("\"reason\":\"suppressions_full\"")
                .contains("1,000,000 identifiers are suppressed, and opt-outs of browsers may add no more; the browser"
                        + " keeps its opt-out and tells it again later");
        assertThat(answer.header("retry-after")).isEqualTo("3600");
        assertThat(answer.header("set-cookie")).isEmpty();
    }

    @Test
    void an_opt_out_that_is_not_durable_is_not_acknowledged() throws IOException {
        collector.identities.unavailable = "the disk is full";

        RawConnection.Answer answer = report(PAGE, "{\"optOut\":true,\"anonymousId\":\"a-1\"}");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("it is not sure that the person is suppressed (the disk is full)");
        assertThat(report(PAGE, has("")).status()).isEqualTo(503);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {                                            | invalid_json    | line 1
            []                                           | not_an_object   | a JSON object was expected
            {}                                           | missing_field   | none of puid, failure and optOut
            {"puid":7}                                   | wrong_type      | puid is a number, not a string
            {"puid":"efaa6e95"}                          | odd_identifier  | 8-4-4-4-12 hex
            {"puid":"efaa6e95-8f9e-25bf-d0ec-6bbbcf92ceXX"} | odd_identifier | 8-4-4-4-12 hex
            {"failure":"unlucky","anonymousId":"a"}      | wrong_type      | consent, cors_or_network, timeout, http, shape
            {"failure":"timeout"}                        | missing_field   | needs the anonymousId
            {"failure":"consent","withdrawn":true}       | missing_field   | needs the anonymousId
            {"failure":"consent","withdrawn":true,"anonymousId":" "} | missing_field | needs the anonymousId
            {"failure":"consent","withdrawn":"yes","anonymousId":"a"} | wrong_type | withdrawn is not true
            {"failure":"timeout","withdrawn":true,"anonymousId":"a"} | wrong_type | goes with failure consent
            {"withdrawn":true,"anonymousId":"a"}         | wrong_type      | goes with failure consent
            {"optOut":"yes"}                             | wrong_type      | optOut is not true
            {"optOut":true}                              | missing_field   | optOut needs the anonymousId
            """)
    void an_odd_report_is_told_what_is_wrong(String body, String reason, String detail) throws IOException {
        RawConnection.Answer answer = report(PAGE, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("\"reason\":\"" + reason + "\"").contains(detail);
        assertThat(collector.identities.reports).isEmpty();
        assertThat(collector.identities.withdrawals).isEmpty();
    }

    @Test
    void what_is_no_report_at_all_is_refused() throws IOException {
        assertThat(report(PAGE, "{\"puid\":\"" + "x".repeat(20_000) + "\"}").status())
                .isEqualTo(413);
        assertThat(report(PAGE, "[".repeat(5_000)).status()).isEqualTo(400);
        assertThat(collector
                        .post("/v1/identity/cargo?writeKey=wk_closed", PAGE, has(""))
                        .body())
                .contains("no kit 'cargo' needs an identifier; there are: kargo");
        assertThat(collector.post("/v1/identity/kargo", PAGE, has("")).status()).isEqualTo(401);
        assertThat(collector.request("DELETE", KARGO + "wk_closed", PAGE).header("allow"))
                .isEqualTo("GET, POST, OPTIONS");
    }

    @Test
    void the_page_of_the_identity_routes_tells_the_rates_of_opt_outs() throws IOException {
        assertThat(Files.readString(Path.of("docs/identity.md")))
                .contains(String.format(
                        Locale.ROOT,
                        "%d a second over all addresses, after the first %,d",
                        OptOutRates.PER_SECOND,
                        OptOutRates.BURST));
    }

    @Test
    void an_address_that_comes_too_often_is_told_when_to_come_again() {
        AddressRates rates = new AddressRates(AddressRates.Limit.REPORTS);
        for (int i = 0; i < AddressRates.Limit.REPORTS.burst(); i++) {
            rates.check("203.0.113.7", 0);
        }
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> rates.check("203.0.113.7", 0))
                .hasMessage("rate_limited: this address reports more than 20 identities a second; send again later");
        rates.check("203.0.113.8", 0);
        rates.check("203.0.113.7", 1_000);
        for (int i = 0; i < 1_000; i++) {
            rates.check("127.0.0.1", 0);
        }
    }

    @Test
    void the_addresses_of_one_ipv6_network_count_as_one_because_each_customer_has_2_to_the_64_of_them() {
        AddressRates rates = new AddressRates(AddressRates.Limit.REPORTS);
        for (int i = 0; i < AddressRates.Limit.REPORTS.burst(); i++) {
            rates.check("2001:db8:1:2:0:0:0:" + Integer.toHexString(i), 0);
        }
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> rates.check("2001:db8:1:2:ffff:0:0:1", 0))
                .hasMessageStartingWith("rate_limited");
        rates.check("2001:db8:1:3:0:0:0:1", 0);
        rates.check("no address", 0);
    }
}
