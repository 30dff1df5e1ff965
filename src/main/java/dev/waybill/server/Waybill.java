package dev.waybill.server;

import dev.waybill.access.Accounts;
import dev.waybill.alert.Alerts;
import dev.waybill.api.Api;
import dev.waybill.api.LiveTail;
import dev.waybill.attention.Attention;
import dev.waybill.author.Author;
import dev.waybill.author.FileDisk;
import dev.waybill.author.RevisionNumbers;
import dev.waybill.browser.BrowserFiles;
import dev.waybill.collect.BrowserRoutes;
import dev.waybill.collect.CollectMetrics;
import dev.waybill.collect.Collector;
import dev.waybill.console.Console;
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
import dev.waybill.workspace.AuditedFiles;
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
    private final AddressGuard guard;
    private final LiveTail tail = new LiveTail();
    private final Lanes lanes;
    private final Maintenance maintenance;
    private final String adminToken;
    private final Accounts accounts;
    private final AuditedFiles audited;
    private final Attention attention;
    private final Alerts alerts;
    private volatile Workspace applied;
    private @Nullable Api api;
    private @Nullable Listener publicListener;
    private @Nullable Listener adminListener;

    private Waybill(Store store, RunningWorkspace files, String adminToken, LaneTap tap) throws IOException {
        this.store = store;
        this.files = files;
        this.adminToken = adminToken;
        AccessToken token = new AccessToken(adminToken);
        this.accounts = Accounts.open(store.data().root(), token::matches, store.audit(), store.clock());
        this.audited = new AuditedFiles(store.audit());
        this.applied = files.current();
        this.logs = new PipelineLogs(store);
        this.trimmed = new TrimmedKeys(store.clock().millis());
        this.guard = new AddressGuard(() -> applied.settings().allowPrivateEndpoints());
        this.lanes = new Lanes(store, logs, guard, trimmed.and(tail).and(tap));
        this.maintenance = new Maintenance(store, logs, lanes, accounts.people()::refresh);
        this.attention = new Attention(new Attention.Parts(
                lanes,
                store.metrics(),
                trimmed,
                () -> applied,
                files::problems,
                store.data()::freeBytes,
                store.settings().log().minFreeBytes(),
                store.gate()::closure,
                integration -> store.confirmations().of(integration).isPresent(),
                store.clock()));
        this.alerts = new Alerts(store.data().root(), attention::refresh, guard, store.metrics(), store.clock());
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
            RunningWorkspace files = RunningWorkspace.open(options.workspace(), data.root(), reader(data));
            Metrics metrics = new Metrics();
            String token = AdminToken.ofServer(data, System.getenv());
            Store store = Store.open(data, files.current().settings(), metrics, clock);
            Waybill waybill = new Waybill(store, files, token, tap);
            waybill.open(options, pages);
            return waybill;
        } catch (IOException | BrokenWorkspaceException | RuntimeException e) {
            data.close();
            throw e;
        }
    }

    private static WorkspaceReader reader(DataDirectory data) {
        return new WorkspaceReader(IntegrationCompiler::compile, secrets(data), WorkspaceReader.Endpoints.REQUIRED);
    }

    private static FileSecrets secrets(DataDirectory data) {
        return new FileSecrets(data.secrets(), System.getenv());
    }

    private Author author() {
        DataDirectory data = store.data();
        RevisionNumbers numbers = RevisionNumbers.open(data.root().resolve("revisions.json"));
        numbers.note(files.current());
        files.onChange(numbers::note);
        return new Author(new Author.Parts(
                files,
                reader(data),
                secrets(data),
                data.secrets(),
                numbers,
                new FileDisk(),
                store.audit(),
                audited,
                Author.USUAL_PATIENCE));
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
        alerts.start();
        listen(options, pages);
        files.onChange(this::changed);
        files.audit(audited);
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
        Console console = new Console();
        Settings.Admin admin = store.settings().admin();
        boolean apart = admin.port() != null || admin.host() != null;
        if (apart) {
            String host = admin.host() == null ? options.host() : admin.host();
            adminListener = Listener.start(host, admin.port() == null ? 0 : admin.port(), LISTENER, routing -> {
                api(bodies, host).addTo(routing);
                console.addTo(routing);
            });
        }
        publicListener = Listener.start(options.host(), options.port(), LISTENER, routing -> {
            collector.addTo(routing);
            scripts.addTo(routing);
            if (!apart) {
                api(bodies, options.host()).addTo(routing);
                console.addTo(routing);
            }
            pages.accept(routing);
        });
    }

    /// The API that this server answers with.
    public Api api() {
        if (api == null) {
            throw new IllegalStateException("The server is not started.");
        }
        return api;
    }

    private Api api(BodyReader bodies, String host) {
        boolean metricsOpen = store.settings().metrics() == Settings.Metrics.OPEN || isLoopback(host);
        Api made = new Api(new Api.Parts(
                lanes,
                store.deadLetters(),
                store.suppressor(),
                store.duplicates(),
                store.metrics(),
                trimmed,
                tail,
                logs::reports,
                attention,
                alerts,
                () -> applied,
                files,
                author(),
                bodies,
                store.audit(),
                accounts,
                guard,
                store.confirmations(),
                store.clock(),
                metricsOpen));
        api = made;
        return made;
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
        return adminToken;
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
        alerts.close();
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
        accounts.close();
        Files.deleteIfExists(store.data().serverFile());
        store.close();
        LOG.info("Stopped.");
    }
}
