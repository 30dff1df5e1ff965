package dev.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.access.Accounts;
import dev.waybill.access.AuditLog;
import dev.waybill.alert.Alerts;
import dev.waybill.attention.Attention;
import dev.waybill.author.TestDesk;
import dev.waybill.deadletter.DeadLetters;
import dev.waybill.dedup.DedupIndex;
import dev.waybill.deliver.AddressGuard;
import dev.waybill.http.BodyReader;
import dev.waybill.http.Listener;
import dev.waybill.identity.Reports;
import dev.waybill.lane.LaneBoard;
import dev.waybill.lane.LaneView;
import dev.waybill.lane.ReplayFeed;
import dev.waybill.lane.ReplayJobs;
import dev.waybill.lane.TrimmedKeys;
import dev.waybill.metrics.Metrics;
import dev.waybill.onboard.Confirmations;
import dev.waybill.suppress.Suppressions;
import dev.waybill.suppress.Suppressor;
import dev.waybill.workspace.Settings;
import dev.waybill.workspace.Workspace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server without a lane whose metrics are not open.
class ClosedMetricsTest {
    private static final class NoLanes implements LaneBoard {
        @Override
        public List<LaneView> lanes() {
            return List.of();
        }

        @Override
        public List<ReplayFeed> replays() {
            return List.of();
        }

        @Override
        public ReplayFeed replay(LaneView lane, String what, ReplayJobs.Selector selector) {
            throw new IllegalStateException("no lane");
        }
    }

    @Test
    void metrics_that_are_not_open_want_the_token_and_a_server_without_lanes_answers(@TempDir Path directory)
            throws IOException, InterruptedException {
        Workspace empty = new Workspace(Settings.DEFAULT, Map.of(), Map.of());
        TestDesk desk = new TestDesk(directory);
        try (DeadLetters letters = DeadLetters.readOnly(directory, damage -> {});
                Suppressions suppressions = Suppressions.open(directory.resolve("suppressions"), damage -> {});
                AuditLog audit =
                        AuditLog.open(directory.resolve("audit"), () -> Instant.EPOCH, damage -> {}, failure -> {});
                Accounts accounts = Accounts.open(directory, "t-1"::equals, audit, () -> Instant.EPOCH)) {
            Metrics metrics = new Metrics();
            Attention attention = new Attention(new Attention.Parts(
                    new NoLanes(),
                    metrics,
                    new TrimmedKeys(0),
                    () -> empty,
                    List::of,
                    () -> 1L << 40,
                    1,
                    Optional::empty,
                    _ -> true,
                    () -> Instant.EPOCH));
            Alerts alerts = new Alerts(
                    directory, attention::refresh, new AddressGuard(() -> false), metrics, () -> Instant.EPOCH);
            Api api = new Api(new Api.Parts(
                    new NoLanes(),
                    letters,
                    new Suppressor(suppressions, () -> Instant.EPOCH, failure -> {}),
                    new DedupIndex(Duration.ofHours(1), 100),
                    metrics,
                    new TrimmedKeys(0),
                    new LiveTail(),
                    _ -> Reports.NONE,
                    attention,
                    alerts,
                    () -> empty,
                    desk.running(),
                    desk.author(),
                    new BodyReader(BodyReader.USUAL_DEADLINE, 1 << 20),
                    audit,
                    accounts,
                    new AddressGuard(() -> true),
                    Confirmations.open(directory.resolve("confirmations.json"), damage -> {}),
                    () -> Instant.EPOCH,
                    false));
            try (HttpClient http = HttpClient.newHttpClient();
                    Listener listener = Listener.start("127.0.0.1", 0, Listener.Limits.USUAL, api::addTo)) {
                assertThat(get(http, listener, "/metrics", "").statusCode()).isEqualTo(401);
                assertThat(get(http, listener, "/metrics", "t-1").statusCode()).isEqualTo(200);
                assertThat(get(http, listener, "/api/ledger", "t-1").body()).isEqualTo("{\"lanes\":[],\"replays\":[]}");
                assertThat(get(http, listener, "/api/overview", "t-1").body())
                        .isEqualTo(
                                "{\"lanes\":[],\"attention\":[],\"window\":\"hour\",\"since\":\"1970-01-01T00:00:00Z\"}");
                assertThat(get(http, listener, "/api/ledger/series", "t-1").body())
                        .isEqualTo("{\"lanes\":[]}");
                assertThat(get(http, listener, "/api/events", "t-1").body())
                        .isEqualTo(
                                "{\"events\":[],\"scanned\":0,\"of\":0,\"complete\":true,\"next\":null,\"masked\":false}");
                assertThat(get(http, listener, "/api/events/m-1", "t-1").body())
                        .contains("no event of that messageId is kept");
                assertThat(get(http, listener, "/api/events?pipeline=web", "t-1")
                                .body())
                        .contains("pipeline is 'web'; allowed: (there is none yet).");
            }
        }
    }

    private static HttpResponse<String> get(HttpClient http, Listener listener, String path, String token)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(listener.url() + path))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
