package dev.waybill.api;

import dev.waybill.deadletter.DeadLetters;
import dev.waybill.dedup.DedupIndex;
import dev.waybill.http.AccessToken;
import dev.waybill.http.BodyReader;
import dev.waybill.lane.LaneBoard;
import dev.waybill.lane.LaneView;
import dev.waybill.metrics.Metrics;
import dev.waybill.suppress.Suppressions;
import dev.waybill.workspace.Workspace;
import io.helidon.webserver.http.HttpRouting;
import java.time.InstantSource;
import java.util.function.Supplier;

/// Temporary.
public final class Api {
    private final Parts parts;

    public Api(Parts parts) {
        this.parts = parts;
    }

    public record Parts(
            LaneBoard lanes,
            DeadLetters deadLetters,
            Suppressions suppressions,
            DedupIndex duplicates,
            Metrics metrics,
            Supplier<Workspace> workspace,
            AccessToken token,
            BodyReader bodies,
            InstantSource clock,
            boolean metricsOpen) {}

    public void addTo(HttpRouting.Builder routing) {
        routing.get("/api/ledger", (req, res) -> {
            StringBuilder b = new StringBuilder();
            for (LaneView v : parts.lanes().lanes()) {
                b.append(v.ledger()).append('\n');
            }
            res.send(b.toString());
        });
        routing.get("/metrics", (req, res) -> res.send(parts.metrics().text()));
    }
}
