package dev.waybill.server;

import dev.waybill.api.Api;
import dev.waybill.api.LiveTail;
import dev.waybill.browser.BrowserFiles;
import dev.waybill.collect.BrowserRoutes;
import dev.waybill.collect.CollectMetrics;
import dev.waybill.collect.Collector;
import dev.waybill.data.DataDirectory;
import dev.waybill.data.DataDirectoryException;
import dev.waybill.data.DurableFile;
import dev.waybill.deliver.AddressGuard;
import dev.waybill.event.EventType;
import dev.waybill.http.AccessToken;
import dev.waybill.http.BodyReader;
import dev.waybill.http.Listener;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.kit.IntegrationCompiler;
import dev.waybill.lane.LaneBoard;
import dev.waybill.lane.LaneTap;
import dev.waybill.lane.TrimmedKeys;
import dev.waybill.log.RecentIds;
import dev.waybill.metrics.Metrics;
import dev.waybill.workspace.BrokenWorkspaceException;
import dev.waybill.workspace.FileSecrets;
import dev.waybill.workspace.RunningWorkspace;
import dev.waybill.workspace.Settings;
import dev.waybill.workspace.Workspace;
import dev.waybill.workspace.WorkspaceReader;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running server: collector, logs, lanes, API.
public final class Waybill implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Waybill.class);

    /// Together with the listeners' grace this stays below the ten seconds in which a stop must end.
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private static final Listener.Limits LISTENER = new Listener.Limits(
            Listener.Limits.USUAL.headerBytes(),
            Listener.Limits.USUAL.bodyBytes(),
            Listener.Limits.USUAL.connections(),
            Listener.Limits.USUAL.waits(),
            Duration.ofSeconds(2));

    private static final long BODY_MEMORY = 64L << 20;

    /// Where a server works.
    ///
    /// @param port 0 for any free one
    public record Options(Path workspace, Path data, String host, int port) {}

    private final Store store;
    private final RunningWorkspace files;
    private final PipelineLogs logs;
    private final TrimmedKeys trimmed;
    private final LiveTail tail = new LiveTail();
    private final Lanes lanes;
    private final Maintenance maintenance;
    private final String token;
    private volatile Workspace applied;
    private @Nullable Listener publicListener;
    private @Nullable Listener adminListener;

    private Waybill(Store store, RunningWorkspace files, String token, LaneTap tap) {
        this.store = store;
        this.files = files;
        this.token = token;
        this.applied = files.current();
        this.logs = new PipelineLogs(store);
        this.trimmed = new TrimmedKeys(store.clock().millis());
        this.lanes = new Lanes(
                store,
                logs,
                new AddressGuard(() -> applied.settings().allowPrivateEndpoints()),
                trimmed.and(tail).and(tap));
        this.maintenance = new Maintenance(store, logs, lanes);
    }

    /// Starts a server and returns when it accepts events.
    ///
    /// @param tap told of each outcome
    /// @param pages further routes of the public listener
    /// @throws DataDirectoryException when the data directory can't be used
    /// @throws BrokenWorkspaceException when there is no workspace to run
    /// @throws IOException when a file or a port can't be used
    public static Waybill start(Options options, InstantSource clock, LaneTap tap, Consumer<HttpRouting.Builder> pages)
            throws DataDirectoryException, BrokenWorkspaceException, IOException {
        Listener.probe(options.host(), options.port());
        DataDirectory data = DataDirectory.open(options.data());
        try {
            RunningWorkspace files = RunningWorkspace.open(
                    options.workspace(),
                    data.root(),
                    new WorkspaceReader(
                            IntegrationCompiler::compile,
                            new FileSecrets(data.secrets(), System.getenv()),
                            WorkspaceReader.Endpoints.REQUIRED));
            Metrics metrics = new Metrics();
            Store store = Store.open(data, files.current().settings(), metrics, clock);
            Waybill waybill = new Waybill(store, files, AdminToken.ofServer(data, System.getenv()), tap);
            waybill.open(options, pages);
            return waybill;
        } catch (IOException | BrokenWorkspaceException | RuntimeException e) {
            data.close();
            throw e;
        }
    }

    private void open(Options options, Consumer<HttpRouting.Builder> pages) throws IOException {
        lanes.open();
        for (String pipeline : applied.pipelines().keySet()) {
            logs.open(pipeline, 0);
        }
        long windowStart =
                store.clock().millis() - store.settings().dedup().window().toMillis();
        RecentIds.load(logs.all(), store.duplicates(), windowStart);
        lanes.apply(applied);
        lanes.removeOthers(applied);
        lanes.resumeReplays();
        maintenance.start();
        listen(options, pages);
        files.onChange(this::changed);
        files.start();
        DurableFile.write(store.data().serverFile(), serverFile());
        LOG.info("Accepting events on {}; the API is on {}.", url(), apiUrl());
    }

    /// The collector sees a workspace only when its lanes stand, so that no event comes in before them.
    private void changed(Workspace workspace) {
        try {
            lanes.apply(workspace);
            applied = workspace;
            LOG.info("The changed workspace is in force.");
            lanes.removeOthers(workspace);
        } catch (IOException e) {
            throw new UncheckedIOException("the changed workspace could not be put in force", e);
        }
    }

    private void listen(Options options, Consumer<HttpRouting.Builder> pages) throws IOException {
        BodyReader bodies = new BodyReader(BodyReader.USUAL_DEADLINE, BODY_MEMORY);
        Collector collector = new Collector(
                () -> applied,
                logs,
                new Identities(store, logs),
                new Counting(),
                store.clock(),
                bodies,
                () -> store.gate().closed().isEmpty());
        BrowserRoutes scripts =
                new BrowserRoutes(new BrowserFiles(() -> applied, store.data().browser(), store.clock()));
        Settings.Admin admin = store.settings().admin();
        boolean apart = admin.port() != null || admin.host() != null;
        if (apart) {
            String host = admin.host() == null ? options.host() : admin.host();
            adminListener = Listener.start(
                    host,
                    admin.port() == null ? 0 : admin.port(),
                    LISTENER,
                    routing -> api(bodies, host).addTo(routing));
        }
        publicListener = Listener.start(options.host(), options.port(), LISTENER, routing -> {
            collector.addTo(routing);
            scripts.addTo(routing);
            if (!apart) {
                api(bodies, options.host()).addTo(routing);
            }
            pages.accept(routing);
        });
    }

    private Api api(BodyReader bodies, String host) {
        boolean metricsOpen = store.settings().metrics() == Settings.Metrics.OPEN || isLoopback(host);
        return new Api(new Api.Parts(
                lanes,
                store.deadLetters(),
                store.suppressions(),
                store.duplicates(),
                store.metrics(),
                trimmed,
                tail,
                logs::reports,
                () -> applied,
                new AccessToken(token),
                bodies,
                store.clock(),
                metricsOpen));
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (IOException e) {
            return false;
        }
    }

    private final class Counting implements CollectMetrics {
        @Override
        public void received(String pipeline, EventType type, int events) {
            store.metrics().received(pipeline, type.text(), events);
        }

        @Override
        public void refused(String reason) {
            store.metrics().refused(reason, store.clock().millis());
        }

        @Override
        public void accepted(String pipeline, int events) {
            store.metrics().accepted(pipeline, events);
        }
    }

    private byte[] serverFile() {
        return JsonText.bytes(JsonObject.builder()
                .put("url", url())
                .put("api", apiUrl())
                .put("pid", ProcessHandle.current().pid())
                .put("startedAt", store.clock().instant().toString())
                .build());
    }

    /// Where events are accepted: `http://127.0.0.1:8080`.
    public String url() {
        return publicListener == null ? "" : publicListener.url();
    }

    /// Where API and metrics are.
    public String apiUrl() {
        return adminListener == null ? url() : adminListener.url();
    }

    public String adminToken() {
        return token;
    }

    public LaneBoard lanes() {
        return lanes;
    }

    /// Stops within ten seconds: takes no more events, finishes or gives up what is under way, makes everything
    /// durable.
    @Override
    public void close() throws IOException {
        store.gate().shutDown();
        files.close();
        tail.close();
        if (publicListener != null) {
            publicListener.close();
        }
        if (adminListener != null) {
            adminListener.close();
        }
        lanes.stop(PATIENCE);
        maintenance.close();
        lanes.close();
        logs.close();
        Files.deleteIfExists(store.data().serverFile());
        store.close();
        LOG.info("Stopped.");
    }
}
