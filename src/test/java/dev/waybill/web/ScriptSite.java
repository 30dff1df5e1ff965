package dev.waybill.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.waybill.browser.BrowserFile;
import dev.waybill.browser.BrowserFiles;
import dev.waybill.config.Problems;
import dev.waybill.config.Variables;
import dev.waybill.config.YamlFile;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.kit.Integration;
import dev.waybill.kit.IntegrationCompiler;
import dev.waybill.workspace.Pipeline;
import dev.waybill.workspace.Settings;
import dev.waybill.workspace.Workspace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A shop page, a collector that does as it is told, and an ID endpoint, so that the script's own doing can be seen
/// without a server behind it: `shop.localhost`, `collect.shop.localhost` and `crb.localhost` on one port.
final class ScriptSite implements AutoCloseable {
    static final String PUID = "3e0b1c2d-4f5a-2b6c-d7e8-9f0a1b2c3d4e";
    static final String SNIPPET = """
            <script>!function(w,m){var q=w.waybill=w.waybill||[];if(!q.status)m.split(" ").forEach(function(n){
            q[n]=function(){q.push([n].concat([].slice.call(arguments)))}})}(window,
            "track page identify reset consent optOut ready forward")</script>
            """;

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

    final List<String> asked = new CopyOnWriteArrayList<>();
    final List<JsonObject> reports = new CopyOnWriteArrayList<>();
    final List<JsonObject> events = new CopyOnWriteArrayList<>();
    final AtomicInteger batches = new AtomicInteger();
    final List<String> identityReads = new CopyOnWriteArrayList<>();

    /// What the collector says of a report.
    volatile String stored = "{\"stored\":true}";

    /// What the ID endpoint answers, by status and body; an empty body with status 0 never answers.
    volatile Supplier<Answer> id = () -> new Answer(200, "{\"puid\":\"" + PUID + "\"}");

    /// The status with which the collector answers reports.
    volatile int reportStatus = 200;

    /// Whether the collector answers a page that asks for the identifier in its cookie.
    volatile boolean identityAnswers = true;

    volatile boolean idShared = true;

    /// Whether the script's second file can be had.
    volatile boolean platformsServed = true;

    final AtomicInteger platformsAsked = new AtomicInteger();

    /// A script of the page itself, `/own.js`; answered once this gives it.
    volatile Supplier<String> own = () -> "";

    /// What the collector asks whoever it turned away to wait, in seconds; null when it doesn't say.
    volatile @Nullable String retryAfter;

    volatile Answer batch = new Answer(200, "{\"success\":true}");
    volatile String head = SNIPPET;
    volatile String body = "<script>waybill.page()</script>";
    volatile @Nullable String stateCookie;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile @Nullable BrowserFiles files;

    record Answer(int status, String body) {}

    ScriptSite(Path data) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
        serve(data, sync -> sync);
    }

    /// Serves the script of a pipeline with other settings of the sync.
    void serve(Path data, Function<Pipeline.Sync, Pipeline.Sync> change) {
        Problems problems = new Problems();
        String yaml = "kit: kargo\nparameters: {PARTNER_ID: p-1, ENDPOINT: https://kargo.example/events, SYNC_URL: '"
                + origin("crb.localhost") + "/id'}\n";
        Integration integration = IntegrationCompiler.compile(
                        "kargo-main", 1, YamlFile.read("1.yaml", yaml, problems).orElseThrow(), NONE, problems)
                .orElseThrow(() -> new AssertionError(problems.sorted()));
        Pipeline.Pin pin = new Pipeline.Pin("kargo-main", 1, true, Pipeline.Mode.LIVE, new Pipeline.StartFrom.Now());
        Pipeline bare = Pipeline.withDefaults("web", "wk_web", List.of(pin));
        Pipeline pipeline = new Pipeline(
                bare.name(),
                bare.writeKey(),
                List.of(origin("shop.localhost")),
                bare.cookie(),
                bare.consent(),
                bare.filters(),
                bare.identityWait(),
                change.apply(bare.sync()),
                bare.integrations());
        Workspace workspace = new Workspace(
                Settings.DEFAULT,
                Map.of("web", pipeline),
                Map.of(new Workspace.RevisionKey("kargo-main", 1), integration));
        files = new BrowserFiles(() -> workspace, data, () -> Instant.EPOCH);
    }

    static Pipeline.Sync holding(Pipeline.Sync sync, Duration hold, Duration timeout) {
        return new Pipeline.Sync(
                sync.cookieDays(),
                sync.refreshDays(),
                sync.failureTtl(),
                sync.firstFailureTtl(),
                hold,
                timeout,
                sync.retryFailuresBefore(),
                sync.sources());
    }

    String origin(String host) {
        return "http://" + host + ":" + server.getAddress().getPort();
    }

    String shop() {
        return origin("shop.localhost") + "/";
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String sent = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            boolean post = exchange.getRequestMethod().equals("POST");
            Headers headers = exchange.getResponseHeaders();
            switch (path) {
                case "/waybill.js" -> file(exchange, files().ofPipeline("wk_web"));
                case "/id" -> id(exchange);
                case "/own.js" -> {
                    headers.set("Content-Type", "text/javascript");
                    send(exchange, 200, own.get().getBytes(UTF_8));
                }
                case "/v1/batch" -> {
                    share(exchange);
                    if (batch.status < 300) {
                        note(JsonText.read(sent.getBytes(UTF_8)));
                    }
                    String wait = retryAfter;
                    if (wait != null) {
                        headers.set("Retry-After", wait);
                    }
                    send(exchange, batch.status, batch.body.getBytes(UTF_8));
                    batches.incrementAndGet();
                }
                case "/v1/identity/kargo" -> {
                    share(exchange);
                    if (post) {
                        reports.add((JsonObject) JsonText.read(sent.getBytes(UTF_8)));
                    } else {
                        identityReads.add(path);
                        if (!identityAnswers) {
                            hang();
                        }
                    }
                    String cookie = stateCookie;
                    if (post && cookie != null) {
                        headers.add("Set-Cookie", cookie);
                    }
                    send(
                            exchange,
                            post ? reportStatus : 200,
                            (post ? stored : "{\"puid\":\"" + PUID + "\"}").getBytes(UTF_8));
                }
                default -> {
                    if (path.startsWith("/waybill.")) {
                        platformsAsked.incrementAndGet();
                        file(exchange, files().byHash(path.split("\\.", -1)[1]).filter(_ -> platformsServed));
                        return;
                    }
                    headers.set("Content-Type", "text/html; charset=utf-8");
                    String page = "<!doctype html><html lang=en><head><link rel=icon href=data:,><title>Shop</title>"
                            + head + "<script async src=\"" + origin("collect.shop.localhost")
                            + "/waybill.js?writeKey=wk_web\"></script></head><body>" + body + "</body></html>";
                    send(exchange, 200, page.getBytes(UTF_8));
                }
            }
        }
    }

    /// The pipeline's script with its settings.
    String script() {
        return new String(files().ofPipeline("wk_web").orElseThrow().plain(), UTF_8);
    }

    /// The bytes of the pipeline's script as browsers get it.
    int compressed() {
        return files().ofPipeline("wk_web").orElseThrow().gzip().length;
    }

    private BrowserFiles files() {
        return java.util.Objects.requireNonNull(files, "the script");
    }

    /// A script, which may carry `integrity`; 404 without one.
    private static void file(HttpExchange exchange, Optional<BrowserFile> file) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/javascript");
        exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
        send(
                exchange,
                file.isPresent() ? 200 : 404,
                file.map(BrowserFile::plain).orElse(new byte[0]));
    }

    private void id(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI().toString());
        Answer answer = id.get();
        if (answer.status == 0) {
            hang();
        }
        if (idShared) {
            share(exchange);
        }
        send(exchange, Math.max(answer.status, 200), answer.body.getBytes(UTF_8));
    }

    private void hang() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void note(Json batch) {
        Json.Arr all = (Json.Arr) ((JsonObject) batch).get("batch");
        java.util.Objects.requireNonNull(all, "batch").items().forEach(event -> events.add((JsonObject) event));
    }

    private static void share(HttpExchange exchange) {
        String origin = exchange.getRequestHeaders().getFirst("Origin");
        if (origin != null) {
            exchange.getResponseHeaders().set("Access-Control-Allow-Origin", origin);
            exchange.getResponseHeaders().set("Access-Control-Allow-Credentials", "true");
            exchange.getResponseHeaders().set("Access-Control-Expose-Headers", "Retry-After");
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
