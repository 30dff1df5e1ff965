package dev.waybill.collect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.browser.BrowserFiles;
import dev.waybill.http.Listener;
import dev.waybill.workspace.Settings;
import dev.waybill.workspace.Workspace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The scripts over HTTP.
class BrowserRoutesTest {
    @TempDir
    private Path data;

    private final AtomicReference<Workspace> workspace = new AtomicReference<>(workspace("https://www.example.com"));
    private final HttpClient client = HttpClient.newHttpClient();
    private Listener listener;

    @BeforeEach
    void listen() throws IOException {
        BrowserFiles files = new BrowserFiles(workspace::get, data.resolve("browser"), () -> Instant.EPOCH);
        listener = Listener.start("127.0.0.1", 0, Listener.Limits.USUAL, new BrowserRoutes(files)::addTo);
    }

    @AfterEach
    void close() {
        listener.close();
        client.close();
    }

    private static Workspace workspace(String origin) {
        return TestCollector.workspace(Settings.DEFAULT, TestCollector.pipeline("web", "wk_web", origin));
    }

    @Test
    void a_pipelines_script_can_be_kept_for_five_minutes_and_read_by_any_page() throws Exception {
        HttpResponse<byte[]> answer = get("/waybill.js?writeKey=wk_web");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "content-type")).isEqualTo("text/javascript; charset=utf-8");
        assertThat(header(answer, "cache-control")).isEqualTo("public, max-age=300");
        assertThat(header(answer, "access-control-allow-origin")).isEqualTo("*");
        assertThat(header(answer, "vary")).isEqualTo("Accept-Encoding");
        assertThat(text(answer)).contains("\"writeKey\":\"wk_web\"").doesNotContain("eval(");
        assertThat(get("/v1/pipelines/wk_web/file").body()).isEqualTo(answer.body());
        assertThat(get("/waybill.js/?writeKey=wk_web").body()).isEqualTo(answer.body());
    }

    @Test
    void the_hashed_url_and_its_integrity_stand_in_a_header_and_are_true() throws Exception {
        HttpResponse<byte[]> answer = get("/waybill.js?writeKey=wk_web");
        String[] script = header(answer, "waybill-script").split(" ", -1);

        HttpResponse<byte[]> hashed = get(script[0]);
        assertThat(hashed.body()).isEqualTo(answer.body());
        assertThat(header(hashed, "cache-control")).isEqualTo("public, max-age=31536000, immutable");
        byte[] digest = MessageDigest.getInstance("SHA-384").digest(answer.body());
        assertThat(script[1]).isEqualTo("sha384-" + Base64.getEncoder().encodeToString(digest));
    }

    @Test
    void a_browser_that_has_it_is_told_so() throws Exception {
        for (String encoding : List.of("gzip", "identity")) {
            String tag = header(get("/waybill.js?writeKey=wk_web", "Accept-Encoding", encoding), "etag");
            HttpResponse<byte[]> again =
                    get("/waybill.js?writeKey=wk_web", "Accept-Encoding", encoding, "If-None-Match", "\"x\", W/" + tag);
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(header(again, "etag")).isEqualTo(tag);
        }
        assertThat(get("/waybill.js?writeKey=wk_web", "If-None-Match", "\"other\"")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void it_is_compressed_for_browsers_that_say_so_and_then_small() throws Exception {
        HttpResponse<byte[]> plain = get("/waybill.js?writeKey=wk_web");
        HttpResponse<byte[]> gzip = get("/waybill.js?writeKey=wk_web", "Accept-Encoding", "br;q=1.0, gzip;q=0.8, *");

        assertThat(header(gzip, "content-encoding")).isEqualTo("gzip");
        assertThat(gzip.body()).hasSizeLessThanOrEqualTo(6144);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip.body()))) {
            assertThat(in.readAllBytes()).isEqualTo(plain.body());
        }
        assertThat(gzip.headers().map().get("etag"))
                .isNotEqualTo(plain.headers().map().get("etag"));
        assertThat(header(get("/waybill.js?writeKey=wk_web", "Accept-Encoding", "gzip;q=0"), "content-encoding"))
                .isEmpty();
    }

    @Test
    void a_changed_pipeline_has_another_script_and_the_one_before_is_still_served_after_a_restart() throws Exception {
        String before =
                header(get("/waybill.js?writeKey=wk_web"), "waybill-script").split(" ", -1)[0];
        byte[] bytes = get(before).body();
        workspace.set(TestCollector.workspace(Settings.DEFAULT, TestCollector.pipeline("web", "wk_web")));

        assertThat(header(get("/waybill.js?writeKey=wk_web"), "waybill-script")).doesNotStartWith(before);
        assertThat(get(before).body()).isEqualTo(bytes);
        listener.close();
        listen();
        assertThat(get(before).body()).isEqualTo(bytes);
    }

    @Test
    void what_a_cache_keeps_for_an_address_hangs_on_nothing_but_the_address() throws Exception {
        workspace.set(TestCollector.workspace(
                Settings.DEFAULT,
                TestCollector.pipeline("web", "wk_web", "https://www.example.com"),
                TestCollector.pipeline("other", "wk_other")));
        String other = "Basic " + Base64.getEncoder().encodeToString("wk_other:".getBytes(UTF_8));

        assertThat(text(get("/waybill.js?writeKey=wk_web", "Authorization", other)))
                .contains("\"writeKey\":\"wk_web\"");
        assertThat(get("/waybill.js", "Authorization", other).statusCode()).isEqualTo(401);
    }

    @Test
    void a_refusal_is_not_kept_by_caches_because_the_next_instance_may_know_the_script() throws Exception {
        for (String path : List.of("/waybill.0123456789abcdef0123.js", "/waybill.js?writeKey=wk_other")) {
            assertThat(header(get(path), "cache-control")).as(path).isEqualTo("no-store");
        }
    }

    @Test
    void what_is_not_there_is_refused_in_words() throws Exception {
        assertThat(text(get("/waybill.js"))).contains("missing_write_key");
        HttpResponse<byte[]> unknown = get("/waybill.js?writeKey=wk_other");
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(text(unknown)).contains("no pipeline has the write key that starts with");
        assertThat(get("/v1/pipelines/wk_other/file").statusCode()).isEqualTo(401);
        HttpResponse<byte[]> hash = get("/waybill.0123456789abcdef0123.js");
        assertThat(hash.statusCode()).isEqualTo(404);
        assertThat(text(hash)).contains("the header Waybill-Script of /waybill.js?writeKey=… names the one in force");
        assertThat(get("/waybill.zz.js").statusCode()).isEqualTo(404);
        assertThat(get("/waybill.%2e%2e%2fx.js").statusCode()).isEqualTo(404);
        HttpRequest post = HttpRequest.newBuilder(URI.create(listener.url() + "/waybill.js"))
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build();
        assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(405);
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(listener.url() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> answer, String name) {
        return new String(answer.headers().firstValue(name).orElse("").getBytes(ISO_8859_1), UTF_8);
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), UTF_8);
    }
}
