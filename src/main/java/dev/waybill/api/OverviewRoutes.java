package dev.waybill.api;

import dev.waybill.attention.Attention;
import dev.waybill.attention.Finding;
import dev.waybill.journal.Entry.Marked;
import dev.waybill.journal.LaneKey;
import dev.waybill.journal.Mark;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.lane.LaneBoard;
import dev.waybill.lane.LaneView;
import dev.waybill.ledger.LedgerView;
import dev.waybill.metrics.LaneFigures;
import dev.waybill.metrics.Latencies;
import dev.waybill.metrics.Metrics;
import dev.waybill.metrics.Window;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How the lanes are at a glance, and what needs attention.
record OverviewRoutes(LaneBoard lanes, LedgerRow rows, Metrics metrics, Attention attention, InstantSource clock) {
    private static final List<String> WINDOWS =
            Arrays.stream(Window.values()).map(Window::text).toList();

    private static final Map<Mark, String> KINDS = new EnumMap<>(Map.of(
            Mark.START, "started",
            Mark.PIN, "pinned",
            Mark.PAUSE, "paused",
            Mark.RESUME, "resumed",
            Mark.BREAKER_OPEN, "breaker_opened",
            Mark.BREAKER_CLOSED, "breaker_closed"));

    List<Route> routes() {
        return List.of(Route.get("overview", this::overview));
    }

    private Answer overview(Call call) {
        Arguments query = call.query();
        String word = query.word("window", WINDOWS);
        query.end();
        Window window = Arrays.stream(Window.values())
                .filter(known -> known.text().equals(word))
                .findFirst()
                .orElse(Window.HOUR);
        long now = clock.millis();
        return Answer.ok(JsonObject.builder()
                .put(
                        "lanes",
                        new Json.Arr(lanes.lanes().stream()
                                .<Json>map(view -> lane(view, window, now))
                                .toList()))
                .put(
                        "attention",
                        new Json.Arr(attention.look().found().stream()
                                .<Json>map(OverviewRoutes::finding)
                                .toList()))
                .put("window", window.text())
                .put("since", Times.iso(attention.since()))
                .build());
    }

    private JsonObject lane(LaneView view, Window window, long now) {
        LedgerView row = view.ledger();
        LaneFigures figures = metrics.figures(view.key().pipeline(), view.key().integration());
        return rows.json(row).toBuilder()
                .put("oldestPendingSeconds", oldest(view, now))
                .put("endToEnd", endToEnd(figures.endToEnd().of(window, now)))
                .put("drain", drain(attention.drainPerSecond(view), row.pending()))
                .put("missingIdentityByBrowser", browsers(figures.missingByBrowser()))
                .put(
                        "marks",
                        new Json.Arr(view.journal().marks().since(now - window.millis()).stream()
                                .<Json>map(OverviewRoutes::mark)
                                .toList()))
                .build();
    }

    private static Json oldest(LaneView view, long now) {
        return view.oldestPending()
                .map(received -> Json.of(Math.max(0, (now - received) / 1000)))
                .orElse(Json.Null.INSTANCE);
    }

    private static JsonObject endToEnd(Optional<Latencies.Quantiles> quantiles) {
        return JsonObject.builder()
                .put("count", quantiles.map(Latencies.Quantiles::count).orElse(0L))
                .put("p50Ms", number(quantiles.map(Latencies.Quantiles::p50)))
                .put("p99Ms", number(quantiles.map(Latencies.Quantiles::p99)))
                .build();
    }

    private static Json number(Optional<Long> number) {
        return number.<Json>map(Json::of).orElse(Json.Null.INSTANCE);
    }

    /// When nothing is pending, 0 seconds are left; when the backlog doesn't shrink, nobody knows.
    private static JsonObject drain(double perSecond, long pending) {
        Json left = pending == 0
                ? Json.of(0)
                : perSecond <= 0 ? Json.Null.INSTANCE : Json.of((long) Math.ceil(pending / perSecond));
        return JsonObject.builder()
                .put("perSecond", new Json.Num(String.format(Locale.ROOT, "%.1f", perSecond)))
                .put("secondsLeft", left)
                .build();
    }

    private static JsonObject browsers(Map<String, Map<String, Long>> missing) {
        JsonObject.Builder json = JsonObject.builder();
        missing.forEach((browser, causes) -> {
            JsonObject.Builder each = JsonObject.builder();
            new TreeMap<>(causes).forEach(each::put);
            json.put(browser, each.build());
        });
        return json.build();
    }

    private static JsonObject mark(Marked marked) {
        return JsonObject.builder()
                .put("at", Times.iso(marked.at()))
                .put("kind", KINDS.get(marked.mark()))
                .put("text", marked.detail())
                .build();
    }

    private static JsonObject finding(Finding finding) {
        LaneKey lane = finding.subject().lane();
        return JsonObject.builder()
                .put("kind", finding.kind().code())
                .put("severity", finding.kind().severity().text())
                .put("pipeline", lane == null ? null : lane.pipeline())
                .put("integration", lane == null ? null : lane.integration())
                .put("text", finding.text())
                .put("advice", finding.advice())
                .put("link", finding.link())
                .build();
    }
}
