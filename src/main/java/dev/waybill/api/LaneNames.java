package dev.waybill.api;

import dev.waybill.config.Nearest;
import dev.waybill.http.Refusal;
import dev.waybill.journal.LaneKey;
import dev.waybill.lane.LaneBoard;
import dev.waybill.lane.LaneView;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The names of pipelines and integrations that requests may use: those of every lane, removed ones included.
record LaneNames(LaneBoard board) {
    /// The lanes that the arguments `pipeline` and `integration` choose; all when both are absent.
    Chosen chosen(Arguments arguments) {
        String pipeline = arguments.word("pipeline", names(LaneKey::pipeline));
        String integration = arguments.word("integration", names(LaneKey::integration));
        return new Chosen(pipeline, integration);
    }

    private List<String> names(Function<LaneKey, String> part) {
        return board.lanes().stream()
                .map(LaneView::key)
                .map(part)
                .distinct()
                .sorted()
                .toList();
    }

    /// A choice of lanes; null lets all through.
    record Chosen(@Nullable String pipeline, @Nullable String integration) {
        boolean has(LaneKey lane) {
            return (pipeline == null || pipeline.equals(lane.pipeline()))
                    && (integration == null || integration.equals(lane.integration()));
        }
    }

    List<LaneView> lanes(Chosen chosen) {
        return board.lanes().stream().filter(view -> chosen.has(view.key())).toList();
    }

    /// The lanes of each pipeline.
    Map<String, List<LaneView>> byPipeline() {
        return board.lanes().stream()
                .collect(Collectors.groupingBy(view -> view.key().pipeline()));
    }

    /// The lane that the path's first two variables name.
    ///
    /// @throws Refusal 404 when there is none such
    LaneView ofPath(Call call) {
        LaneKey key = new LaneKey(call.variables().get(0), call.variables().get(1));
        return board.lane(key).orElseThrow(() -> unknown(key));
    }

    private Refusal unknown(LaneKey key) {
        List<String> known = board.lanes().stream()
                .map(view -> view.key().toString())
                .sorted()
                .toList();
        return new Refusal(
                404,
                "unknown_lane",
                "there is no lane '%s'; known: %s.%s"
                        .formatted(
                                key,
                                known.isEmpty() ? "(there is none yet)" : String.join(", ", known),
                                Nearest.hint(key.toString(), known)));
    }
}
