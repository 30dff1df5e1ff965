package dev.waybill.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The pages of a site, and whatever else a test wants answered, on 127.0.0.1 under any host name: Chromium takes every
/// `*.localhost` there. Also notes what was posted to it, so that it can stand for a service of others. Safe for
/// threads.
public final class PageServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Function<Headers, Answer>> pages = new ConcurrentHashMap<>();
    private final Map<String, Path> folders = new ConcurrentHashMap<>();
    private final List<Posted> posted = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable String policy;

    public PageServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /// A body that was posted.
    record Posted(String path, String body) {}

    /// @param headers added to `Content-Type` and `Cache-Control: no-store`
    record Answer(int status, String type, String body, Map<String, String> headers) {}

    @SuppressWarnings("ArrayRecordComponent")
    private record Served(int status, String type, byte[] body, Map<String, String> headers) {
        static Served of(Answer answer) {
            return new Served(
                    answer.status(), answer.type(), answer.body().getBytes(StandardCharsets.UTF_8), answer.headers());
        }
    }

    /// The origin of pages under a name of this machine.
    ///
    /// @param host such as `shop.localhost`
    /// @return such as `http://shop.localhost:40123`
    public String origin(String host) {
        return "http://" + host + ":" + server.getAddress().getPort();
    }

    /// A page with this inside its body, and this in its head.
    public PageServer page(String path, String head, String body) {
        return answer(
                path,
                200,
                "text/html; charset=utf-8",
                "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + path + "</title>"
                        + "<link rel=\"icon\" href=\"data:,\">" + head + "</head><body>" + body + "</body></html>",
                Map.of());
    }

    PageServer script(String path, String text) {
        return answer(path, 200, "text/javascript; charset=utf-8", text, Map.of());
    }

    /// Whatever this path answers from now on.
    PageServer answer(String path, int status, String type, String body, Map<String, String> headers) {
        return answer(path, _ -> new Answer(status, type, body, headers));
    }

    /// An answer that depends on the request's headers.
    PageServer answer(String path, Function<Headers, Answer> answer) {
        pages.put(path, answer);
        return this;
    }

    /// This path takes requests and answers none while the server runs.
    PageServer hang(String path) {
        return answer(path, _ -> {
            try {
                closing.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Answer(503, "text/plain", "", Map.of());
        });
    }

    /// The files below a directory.
    ///
    /// @param path where they are, with a slash at the end
    public PageServer folder(String path, Path directory) {
        folders.put(path, directory);
        return this;
    }

    /// The `Content-Security-Policy` of all pages from now on.
    PageServer policy(String value) {
        policy = value;
        return this;
    }

    /// What was posted, oldest first.
    List<Posted> posted() {
        return List.copyOf(posted);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (exchange.getRequestMethod().equals("POST")) {
                posted.add(
                        new Posted(path, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            }
            Function<Headers, Answer> page = pages.get(path);
            send(exchange, page == null ? file(path) : Served.of(page.apply(exchange.getRequestHeaders())));
        }
    }

    private void send(HttpExchange exchange, Served served) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", served.type());
        headers.set("Cache-Control", "no-store");
        String said = policy;
        if (said != null) {
            headers.set("Content-Security-Policy", said);
        }
        served.headers().forEach(headers::set);
        exchange.sendResponseHeaders(served.status(), served.body().length == 0 ? -1 : served.body().length);
        exchange.getResponseBody().write(served.body());
    }

    private Served file(String path) throws IOException {
        for (Map.Entry<String, Path> folder : folders.entrySet()) {
            if (path.startsWith(folder.getKey())) {
                Path root = folder.getValue().toAbsolutePath().normalize();
                Path file =
                        root.resolve(path.substring(folder.getKey().length())).normalize();
                if (file.startsWith(root) && Files.isRegularFile(file)) {
                    return new Served(200, type(file.toString()), Files.readAllBytes(file), Map.of());
                }
            }
        }
        return new Served(404, "text/plain", "nothing here".getBytes(StandardCharsets.UTF_8), Map.of());
    }

    private static String type(String name) {
        return name.endsWith("js")
                ? "text/javascript"
                : name.endsWith("html") ? "text/html" : "application/octet-stream";
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.close();
    }
}
