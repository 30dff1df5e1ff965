package dev.waybill.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.config.Problems;
import dev.waybill.config.Variables;
import dev.waybill.config.YamlFile;
import dev.waybill.http.RawConnection;
import dev.waybill.identity.Report;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.kit.Integration;
import dev.waybill.kit.IntegrationCompiler;
import dev.waybill.workspace.Pipeline;
import dev.waybill.workspace.Pipeline.Source;
import dev.waybill.workspace.Settings;
import dev.waybill.workspace.Workspace;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A browser that sets out for an identifier by redirect, and what becomes of those that only pretend to.
class RedirectRoutesTest {
    private static final String PUID = "efaa6e95-8f9e-25bf-d0ec-6bbbcf92ce59";
    private static final String PAGE = "Origin: https://www.example.com\r\n";
    private static final String BEGIN = "/v1/identity/kargo/redirect?writeKey=";
    private static final Variables NONE = new Variables() {
        @Override
        public Optional<String> environment(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<String> secret(String name) {
            return Optional.empty();
        }
    };

    private final TestCollector collector = new TestCollector();

    RedirectRoutesTest() {
        Problems problems = new Problems();
        String yaml = "kit: kargo\nparameters: {PARTNER_ID: p-1, ENDPOINT: https://kargo.example/events,"
                + " REDIRECT_URL: 'https://crb.example/dsync/Shop'}\n";
        Integration integration = IntegrationCompiler.compile(
                        "kargo-main", 1, YamlFile.read("1.yaml", yaml, problems).orElseThrow(), NONE, problems)
                .orElseThrow(() -> new AssertionError(problems.sorted()));
        Map<String, Pipeline> pipelines = Map.of(
                "web", pipeline("web", "wk_web", List.of(Source.FETCH, Source.REDIRECT), "https://www.example.com"),
                "open", pipeline("open", "wk_open", List.of(Source.REDIRECT)),
                "usual", pipeline("usual", "wk_usual", List.of(Source.FETCH), "https://www.example.com"));
        collector.workspace.set(new Workspace(
                Settings.DEFAULT, pipelines, Map.of(new Workspace.RevisionKey("kargo-main", 1), integration)));
    }

    private static Pipeline pipeline(String name, String writeKey, List<Source> sources, String... origins) {
        Pipeline bare = TestCollector.pipeline(name, writeKey, origins);
        Pipeline.Sync sync = bare.sync();
        return new Pipeline(
                name,
                writeKey,
                bare.origins(),
                bare.cookie(),
                bare.consent(),
                bare.filters(),
                bare.identityWait(),
                new Pipeline.Sync(
                        sync.cookieDays(),
                        sync.refreshDays(),
                        sync.failureTtl(),
                        sync.firstFailureTtl(),
                        sync.hold(),
                        sync.timeout(),
                        null,
                        sources),
                List.of(new Pipeline.Pin("kargo-main", 1, true, Pipeline.Mode.LIVE, new Pipeline.StartFrom.Now())));
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    private RawConnection.Answer begin(String body) throws IOException {
        return collector.post(BEGIN + "wk_web", PAGE, body);
    }

    /// A browser that has set out: the cookie it got, and the path it is to return to, up to the identifier.
    private record Begun(String cookie, String path) {}

    private Begun begun(String anonymousId) throws IOException {
        RawConnection.Answer answer = begin("{\"anonymousId\":\"" + anonymousId + "\"}");
        String url = String.valueOf(((JsonObject) JsonText.read(answer.body().getBytes(UTF_8))).text("url"));
        String callback = URLDecoder.decode(url.substring(url.indexOf("r=") + 2), UTF_8);
        assertThat(callback).startsWith("http://t/v1/identity/kargo/callback?").endsWith("&puid=$UID");
        return new Begun(
                answer.header("set-cookie").replaceAll(";.*", ""),
                callback.substring("http://t".length()).replace("$UID", ""));
    }

    private RawConnection.Answer callback(String path, String cookie) throws IOException {
        return collector.request("GET", path, cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n");
    }

    private void keptNothing(RawConnection.Answer answer) {
        assertThat(answer.header("set-cookie")).doesNotContain(PUID);
        assertThat(collector.identities.reports).isEmpty();
    }

    @Test
    void a_browser_is_told_where_to_go_with_the_signals_that_are_known() throws IOException {
        RawConnection.Answer answer = begin("{\"anonymousId\":\"a-1\",\"consent\":{\"gdprApplies\":false,"
                + "\"usp\":\"1YNN\",\"gpp\":\"DB&x\",\"gppSid\":[-1]}}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .startsWith("{\"url\":\"https://crb.example/dsync/Shop?gdpr=0&us_privacy=1YNN&gpp=DB%26x&gpp_sid=-1"
                        + "&r=http%3A%2F%2Ft%2Fv1%2Fidentity%2Fkargo%2Fcallback%3FwriteKey%3Dwk_web%26state%3D")
                .endsWith("%26puid%3D%24UID\"}");
        assertThat(answer.header("set-cookie"))
                .matches(
                        "wb_kargo_r=[\\w-]{22}\\.1763899320000\\.YS0x; Max-Age=120; Path=/; Secure; HttpOnly; SameSite=Lax"
                                .replace("1763899320000", String.valueOf(TestCollector.NOW.toEpochMilli() + 120_000)));
        assertThat(answer.header("access-control-allow-origin")).isEqualTo("https://www.example.com");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
    }

    @Test
    void a_browser_that_returns_has_its_identifier_kept_and_joined() throws IOException {
        Begun begun = begun("a-1");

        RawConnection.Answer answer = callback(begun.path + PUID, "other=1; " + begun.cookie);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("image/gif");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        assertThat(answer.header("set-cookie"))
                .contains("wb_kargo=" + PUID + "; Max-Age=31536000; Path=/; Secure; HttpOnly; SameSite=Lax")
                .contains("wb_kargo_s=ok.")
                .contains("wb_kargo_r=; Max-Age=0");
        assertThat(collector.identities.reports)
                .containsExactly(new Report(TestCollector.NOW.toEpochMilli(), "kargo", "a-1", PUID, null));
        assertThat(collector.identities.results).containsExactly("kargo stored");
    }

    @Test
    void nobody_else_can_plant_an_identifier() throws IOException {
        Begun victim = begun("a-1");
        Begun attacker = begun("a-2");

        for (String cookie : List.of(
                "",
                attacker.cookie,
                "wb_kargo_r=",
                "wb_kargo_r=..",
                "wb_kargo_r=" + "x".repeat(22) + ".9999999999999.YS0x",
                "wb_kargo_r=" + "x".repeat(5_000),
                victim.cookie.replaceFirst("\\.\\d+\\.", ".9999999999999."),
                victim.cookie.replaceFirst("\\.\\d+\\.", ".x."),
                victim.cookie + "*",
                victim.cookie.replaceFirst("=.{22}", "="))) {
            RawConnection.Answer answer = callback(victim.path + PUID, cookie);
            assertThat(answer.status()).as(cookie).isEqualTo(403);
            assertThat(answer.body())
                    .isEqualTo(
                            "{\"reason\":\"foreign_redirect\",\"detail\":\"this browser didn't set out for an identifier,"
                                    + " did so over 120 seconds ago, or has returned already; it begins with POST /v1/identity/kargo/redirect\"}");
            keptNothing(answer);
        }
        for (String path : List.of(
                "/v1/identity/kargo/callback?writeKey=wk_web&puid=",
                "/v1/identity/kargo/callback?writeKey=wk_web&state=&puid=",
                attacker.path,
                victim.path.replace("wk_web", "wk_usual"),
                victim.path.replace("wk_web", "wk_open"))) {
            RawConnection.Answer answer = callback(path + PUID, victim.cookie);
            assertThat(answer.status()).as(path).isEqualTo(403);
            keptNothing(answer);
        }
        assertThat(callback(victim.path.replace("wk_web", "wk_none") + PUID, victim.cookie)
                        .status())
                .isEqualTo(401);
        assertThat(callback(victim.path.replace("kargo", "cargo") + PUID, victim.cookie)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_page_of_another_origin_can_send_no_browser_out() throws IOException {
        RawConnection.Answer foreign =
                collector.post(BEGIN + "wk_web", "Origin: https://evil.example\r\n", "{\"anonymousId\":\"a-1\"}");

        assertThat(foreign.status()).isEqualTo(403);
        assertThat(foreign.header("set-cookie")).isEmpty();
        assertThat(foreign.body()).doesNotContain("state");
    }

    @Test
    void a_browser_returns_once_whatever_it_brings_also_when_it_keeps_its_cookie() throws IOException {
        Begun begun = begun("a-1");
        RawConnection.Answer odd = callback(begun.path + "nobody", begun.cookie);
        assertThat(odd.header("set-cookie")).startsWith("wb_kargo_r=; Max-Age=0");

        RawConnection.Answer again = callback(begun.path + PUID, begun.cookie);
        assertThat(again.status()).isEqualTo(403);
        assertThat(again.body()).contains("foreign_redirect", "or has returned already");
        keptNothing(again);
    }

    @Test
    void a_browser_does_not_return_too_late() throws IOException {
        Begun begun = begun("a-1");

        collector.now.set(TestCollector.NOW.plusSeconds(120));
        RawConnection.Answer late = callback(begun.path + PUID, begun.cookie);
        assertThat(late.status()).isEqualTo(403);
        keptNothing(late);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "$UID",
                "%24UID",
                "0",
                "efaa6e95-8f9e-25bf-d0ec-6bbbcf92ceXX",
                "efaa6e95-8f9e-25bf-d0ec-6bbbcf92ce59%0d%0aSet-Cookie:%20a=b",
                "efaa6e95-8f9e-25bf-d0ec-6bbbcf92ce59;%20Domain=example.com",
                "%zz",
                "%ff%fe",
            })
    void an_identifier_of_another_shape_is_not_kept_and_the_image_is_the_same(String puid) throws IOException {
        Begun begun = begun("a-1");

        RawConnection.Answer answer = callback(begun.path + puid, begun.cookie);

        // A query that is none is refused before any route.
        assertThat(answer.status()).isEqualTo(puid.equals("%zz") ? 400 : 200);
        assertThat(answer.header("set-cookie")).doesNotContain("wb_kargo=").doesNotContain("a=b");
        keptNothing(answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"consent":{"gdprApplies":true}}  | consent_denied
            {"consent":{"gpc":true}}          | consent_denied
            {"anonymousId":"suppressed"}      | suppressed
            """)
    void nobody_is_sent_out_against_their_will(String body, String reason) throws IOException {
        collector.identities.suppressed.add("suppressed");

        RawConnection.Answer answer = begin(body);

        assertThat(answer.body()).startsWith("{\"stored\":false,\"reason\":\"" + reason + "\",\"detail\":\"");
        assertThat(answer.header("set-cookie")).isEmpty();
    }

    @Test
    void nothing_is_kept_of_a_browser_that_meanwhile_says_no() throws IOException {
        Begun begun = begun("a-1");
        keptNothing(collector.request("GET", begun.path + PUID, "Cookie: " + begun.cookie + "\r\nSec-GPC: 1\r\n"));

        Begun again = begun("a-1");
        collector.identities.suppressed.add("a-1");
        RawConnection.Answer suppressed = callback(again.path + PUID, again.cookie);
        assertThat(suppressed.status()).isEqualTo(200);
        keptNothing(suppressed);

        RawConnection.Answer withdrawn = collector.post(
                "/v1/identity/kargo?writeKey=wk_web", PAGE, "{\"failure\":\"consent\",\"anonymousId\":\"a-1\"}");
        assertThat(withdrawn.header("set-cookie")).contains("wb_kargo_r=; Max-Age=0");
    }

    private void withdraw(String anonymousId) throws IOException {
        collector.post(
                "/v1/identity/kargo?writeKey=wk_web",
                PAGE,
                "{\"failure\":\"consent\",\"withdrawn\":true,\"anonymousId\":\"" + anonymousId + "\"}");
        collector.identities.reports.clear();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 60_000})
    void a_browser_that_withdraws_consent_on_its_way_has_nothing_kept_when_it_returns(int millis) throws IOException {
        Begun begun = begun("a-1");
        collector.now.set(TestCollector.NOW.plusMillis(millis));
        withdraw("a-1");

        RawConnection.Answer answer = callback(begun.path + PUID, begun.cookie);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("set-cookie")).startsWith("wb_kargo_r=; Max-Age=0");
        keptNothing(answer);
    }

    @Test
    void a_withdrawal_from_before_it_set_out_or_of_somebody_else_keeps_no_browser_from_its_identifier()
            throws IOException {
        withdraw("a-1");
        collector.now.set(TestCollector.NOW.plusMillis(1));
        Begun begun = begun("a-1");
        withdraw("a-2");

        assertThat(callback(begun.path + PUID, begun.cookie).header("set-cookie"))
                .contains("wb_kargo=" + PUID);
    }

    @Test
    void what_can_not_be_made_durable_is_not_kept() throws IOException {
        Begun begun = begun("a-1");
        collector.identities.unavailable = "the disk is full";

        RawConnection.Answer answer = callback(begun.path + PUID, begun.cookie);

        assertThat(answer.status()).isEqualTo(503);
        keptNothing(answer);
    }

    @Test
    void a_pipeline_that_does_not_list_the_source_sends_nobody_out() throws IOException {
        RawConnection.Answer usual = collector.post(BEGIN + "wk_usual", PAGE, "{}");
        RawConnection.Answer open = collector.post(BEGIN + "wk_open", PAGE, "{}");

        assertThat(usual.status()).isEqualTo(404);
        assertThat(usual.body())
                .isEqualTo("{\"reason\":\"no_redirect\",\"detail\":\"the pipeline doesn't list 'redirect' under"
                        + " sync.sources, or none of its integrations of the kit kargo has a redirect URL\"}");
        assertThat(open.body()).startsWith("{\"stored\":false,\"reason\":\"origins_open\",\"detail\":\"the pipeline");
        assertThat(open.header("set-cookie")).isEmpty();
    }

    @Test
    void odd_bodies_and_methods_are_told_what_is_wrong() throws IOException {
        assertThat(begin("[]").body()).contains("a JSON object was expected");
        assertThat(begin("{\"anonymousId\":\"" + "x".repeat(256) + "\"}").body())
                .contains("anonymousId is longer than 255 bytes");
        assertThat(begin("{\"consent\":7}").body()).contains("consent is a number, not an object");
        assertThat(collector.request("GET", BEGIN + "wk_web", PAGE).header("allow"))
                .isEqualTo("POST, OPTIONS");
        assertThat(collector.post(begun("a-1").path + PUID, PAGE, "").header("allow"))
                .isEqualTo("GET");
    }

    @Test
    void an_anonymous_id_of_any_text_comes_back_as_it_was() throws IOException {
        String longest = "ä;=. " + "y".repeat(240);
        Begun begun = begun(longest);

        callback(begun.path + PUID, begun.cookie);

        assertThat(collector.identities.reports).extracting(Report::anonymousId).containsExactly(longest);
    }
}
