package dev.waybill.collect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.event.EventType;
import dev.waybill.http.BodyReader;
import dev.waybill.http.Listener;
import dev.waybill.http.RawConnection;
import dev.waybill.log.LogRecord;
import dev.waybill.log.LogUnavailableException;
import dev.waybill.workspace.Pipeline;
import dev.waybill.workspace.Settings;
import dev.waybill.workspace.Workspace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// A collector on a free port that keeps its records in memory, with a clock that stands still.
final class TestCollector implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    static final Duration DEADLINE = Duration.ofMillis(700);

    final List<LogRecord> records = new ArrayList<>();
    final List<String> pipelines = new ArrayList<>();
    final KeptIdentities identities = new KeptIdentities();
    final Map<String, Integer> counts = new ConcurrentHashMap<>();
    final AtomicReference<Workspace> workspace;
    final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    volatile @Nullable String unavailable;
    volatile boolean ready = true;
    private final Listener listener;

    TestCollector(Settings settings, Pipeline... pipelines) {
        workspace = new AtomicReference<>(workspace(settings, pipelines));
        Collector collector = new Collector(
                workspace::get,
                this::append,
                identities,
                new Counts(),
                now::get,
                new BodyReader(DEADLINE, 64 << 20),
                () -> ready);
        try {
            listener = Listener.start("127.0.0.1", 0, Listener.Limits.USUAL, collector::addTo);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    TestCollector(Pipeline... pipelines) {
        this(Settings.DEFAULT, pipelines);
    }

    static Workspace workspace(Settings settings, Pipeline... pipelines) {
        Map<String, Pipeline> byName = new TreeMap<>();
        for (Pipeline pipeline : pipelines) {
            byName.put(pipeline.name(), pipeline);
        }
        return new Workspace(settings, byName, Map.of());
    }

    static Pipeline pipeline(String name, String writeKey, String... origins) {
        return new Pipeline(
                name,
                writeKey,
                List.of(origins),
                new Pipeline.Cookie(null, "wb_kargo"),
                new Pipeline.Consent(Pipeline.Scope.US, List.of(), new Pipeline.Signals(true, true, true, true)),
                List.of(),
                Duration.ofSeconds(10),
                new Pipeline.Sync(
                        365,
                        null,
                        Duration.ofDays(1),
                        Duration.ofMinutes(30),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3)),
                List.of());
    }

    static Settings settings(int eventBytes, int batchBytes, int batchEvents, int depth, @Nullable Double rate) {
        Settings usual = Settings.DEFAULT;
        return new Settings(
                usual.allowPrivateEndpoints(),
                usual.publicUrl(),
                usual.admin(),
                usual.trustedProxies(),
                usual.durability(),
                usual.log(),
                usual.deadLetters(),
                usual.dedup(),
                new Settings.Limits(eventBytes, batchBytes, batchEvents, depth, rate),
                usual.metrics());
    }

    static Settings settings(@Nullable String publicUrl, List<String> trustedProxies) {
        Settings usual = Settings.DEFAULT;
        return new Settings(
                usual.allowPrivateEndpoints(),
                publicUrl,
                usual.admin(),
                trustedProxies,
                usual.durability(),
                usual.log(),
                usual.deadLetters(),
                usual.dedup(),
                usual.limits(),
                usual.metrics());
    }

    private synchronized long append(String pipeline, List<LogRecord> appended) throws LogUnavailableException {
        if (unavailable != null) {
            throw new LogUnavailableException(unavailable);
        }
        long first = records.size();
        records.addAll(appended);
        appended.forEach(_ -> pipelines.add(pipeline));
        return first;
    }

    int port() {
        return listener.port();
    }

    RawConnection connect() throws IOException {
        return new RawConnection(port());
    }

    RawConnection.Answer post(String path, String headers, String body) throws IOException {
        return post(path, headers, body.getBytes(UTF_8));
    }

    RawConnection.Answer post(String path, String headers, byte[] body) throws IOException {
        try (RawConnection connection = connect()) {
            return connection.post(path, headers, body).answer();
        }
    }

    RawConnection.Answer request(String method, String path, String headers) throws IOException {
        try (RawConnection connection = connect()) {
            return connection
                    .send(method + " " + path + " HTTP/1.1\r\nHost: t:1\r\n" + headers + "\r\n")
                    .answer();
        }
    }

    String body(int record) {
        return new String(records.get(record).body(), UTF_8);
    }

    static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        listener.close();
    }

    private final class Counts implements CollectMetrics {
        @Override
        public void received(String pipeline, EventType type, int events) {
            counts.merge("received " + pipeline + " " + type.text(), events, Integer::sum);
        }

        @Override
        public void refused(String reason) {
            counts.merge("refused " + reason, 1, Integer::sum);
        }

        @Override
        public void accepted(String pipeline, int events) {
            counts.merge("accepted " + pipeline, events, Integer::sum);
        }
    }
}
