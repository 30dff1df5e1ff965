package dev.waybill.api;

import dev.waybill.config.Nearest;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.kit.Integration;
import dev.waybill.lane.LaneView;
import dev.waybill.lane.TrimmedKeys;
import dev.waybill.ledger.LaneSeries;
import dev.waybill.ledger.SeriesRow;
import dev.waybill.outcome.Reason;
import dev.waybill.workspace.Workspace;
import dev.waybill.workspace.Workspace.RevisionKey;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// What a playbook lacks, lane by lane: the names of events that it doesn't map, and the keys that were left out or
/// cut to make events fit.
record NameRoutes(LaneNames names, TrimmedKeys trimmed, Supplier<Workspace> workspace, InstantSource clock) {
    private static final int USUAL_DAYS = 30;

    /// As many as the series tell apart in a day.
    private static final int MAX_NAMES = 200;

    private static final String OTHER = "other";

    List<Route> routes() {
        return List.of(Route.get("events/names", this::list));
    }

    private Answer list(Call call) {
        Arguments query = call.query();
        LaneNames.Chosen chosen = names.chosen(query);
        int days = query.number("days", USUAL_DAYS, 1, LaneSeries.MAX_DAYS);
        query.end();
        List<Json> lanes = new ArrayList<>();
        for (LaneView lane : names.lanes(chosen)) {
            lanes.add(lane(lane, days));
        }
        return Answer.ok(JsonObject.builder()
                .put("since", Times.iso(trimmed.since()))
                .put("lanes", new Json.Arr(lanes))
                .build());
    }

    private JsonObject lane(LaneView lane, int days) {
        JsonObject.Builder json = JsonObject.builder()
                .put("pipeline", lane.key().pipeline())
                .put("integration", lane.key().integration());
        unmapped(json, unmapped(lane, days), mapped(lane));
        TrimmedKeys.Report report = trimmed.of(lane.key());
        return json.put(
                        "trimmed",
                        new Json.Arr(
                                report.events().stream().map(NameRoutes::event).toList()))
                .put("trimmedOther", report.other())
                .build();
    }

    private Map<String, Long> unmapped(LaneView lane, int days) {
        Map<String, Long> counts = new HashMap<>();
        for (SeriesRow row : lane.journal().series().days(days, ZoneOffset.UTC, clock.millis())) {
            row.events().forEach((name, count) -> {
                long unmapped = count.filtered().getOrDefault(Reason.UNMAPPED_EVENT, 0L);
                if (unmapped > 0) {
                    counts.merge(name, unmapped, Long::sum);
                }
            });
        }
        return counts;
    }

    /// The names of the revision that the lane's pipeline pins now; none when the lane was removed.
    private Set<String> mapped(LaneView lane) {
        Workspace now = workspace.get();
        return Optional.ofNullable(now.pipelines().get(lane.key().pipeline())).stream()
                .flatMap(pipeline -> pipeline.integrations().stream())
                .filter(pin -> pin.integration().equals(lane.key().integration()))
                .map(pin -> new RevisionKey(pin.integration(), pin.revision()))
                .flatMap(key -> Optional.ofNullable(now.integrations().get(key)).stream())
                .findFirst()
                .map(Integration::mappedEvents)
                .orElse(Set.of());
    }

    private static void unmapped(JsonObject.Builder json, Map<String, Long> counts, Set<String> mapped) {
        long other = Optional.ofNullable(counts.remove(OTHER)).orElse(0L);
        List<Map.Entry<String, Long>> sorted = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        List<Json> rows = new ArrayList<>();
        for (Map.Entry<String, Long> one : sorted) {
            if (rows.size() == MAX_NAMES) {
                other += one.getValue();
            } else {
                rows.add(JsonObject.builder()
                        .put("event", one.getKey())
                        .put("count", one.getValue())
                        .put("nearest", Nearest.of(one.getKey(), mapped).orElse(null))
                        .build());
            }
        }
        json.put("unmapped", new Json.Arr(rows)).put("unmappedOther", other);
    }

    private static Json event(TrimmedKeys.OfEvent event) {
        List<Json> keys = event.keys().stream()
                .<Json>map(key -> JsonObject.builder()
                        .put("path", key.path())
                        .put("code", key.code().code())
                        .put("count", key.count())
                        .build())
                .toList();
        return JsonObject.builder()
                .put("event", event.event())
                .put("keys", new Json.Arr(keys))
                .put("other", event.other())
                .build();
    }
}
