package dev.waybill.journal;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.ledger.LaneSeries;
import dev.waybill.ledger.MissingCause;
import dev.waybill.outcome.NoticeCode;
import dev.waybill.outcome.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// A lane's state as JSON, and back.
///
/// @param through the journal sequence behind the last entry that the state holds
/// @param json the whole
record Checkpoint(long through, JsonObject json) {
    private static final long VERSION = 1;

    static Checkpoint of(LaneState state, LaneSeries.Closed series) {
        JsonObject.Builder json = JsonObject.builder()
                .put("version", VERSION)
                .put("through", state.through)
                .put("start", state.start())
                .put("known", state.known)
                .put("decided", numbers(state.decided.ranges()))
                .put("accepted", numbers(state.accepted.ranges()))
                .put("delivered", state.delivered)
                .put("paused", Json.of(state.paused));
        JsonObject.Builder reasons = JsonObject.builder();
        state.reasons.forEach((reason, count) -> reasons.put(reason.code(), count));
        JsonObject.Builder missing = JsonObject.builder();
        state.missing.forEach(missing::put);
        JsonObject.Builder notices = JsonObject.builder();
        state.notices.forEach((notice, count) -> notices.put(notice.code(), count));
        JsonObject.Builder events = JsonObject.builder();
        state.events.forEach(events::put);
        List<Long> attempts = new ArrayList<>();
        state.attempts.forEach((position, count) -> attempts.addAll(List.of(position, (long) count)));
        return new Checkpoint(
                state.through,
                json.put("reasons", reasons.build())
                        .put("missingIdentity", missing.build())
                        .put("notices", notices.build())
                        .put("events", events.build())
                        .put("attempts", numbers(attempts))
                        .put("spans", numbers(state.spans.flat()))
                        .put("series", series.checkpoint())
                        .build());
    }

    /// @throws IllegalArgumentException when that is no checkpoint of a known version
    static Checkpoint parse(byte[] utf8) {
        try {
            if (!(JsonText.read(utf8) instanceof JsonObject json) || number(json, "version") != VERSION) {
                throw new IllegalArgumentException("not a checkpoint of a known version");
            }
            return new Checkpoint(number(json, "through"), json);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(JsonText.problem(e), e);
        }
    }

    byte[] bytes() {
        return JsonText.bytes(json);
    }

    /// The state as it was.
    ///
    /// @throws IllegalArgumentException when something is missing
    LaneState restore(Path seriesDir) throws IOException {
        JsonObject series = json.object("series");
        if (series == null) {
            throw new IllegalArgumentException("no series");
        }
        LaneState state = new LaneState(number(json, "start"), LaneSeries.open(seriesDir, series));
        pairs("decided", state.decided::add);
        pairs("accepted", state.accepted::add);
        pairs("attempts", (position, count) -> state.attempts.put(position, count.intValue()));
        state.spans.restore(list("spans"));
        state.delivered = number(json, "delivered");
        state.known = number(json, "known");
        state.paused = json.text("paused");
        state.through = through;
        each("reasons", (code, count) -> Reason.of(code).ifPresent(reason -> state.reasons.put(reason, count)));
        missing(state);
        each(
                "notices",
                (code, count) -> Arrays.stream(NoticeCode.values())
                        .filter(notice -> notice.code().equals(code))
                        .forEach(notice -> state.notices.put(notice, count)));
        each("events", state.events::put);
        return state;
    }

    /// A checkpoint of an earlier version doesn't hold the causes: what was counted until then was not told.
    private void missing(LaneState state) {
        if (json.object("missingIdentity") == null) {
            long untold = state.reasons.getOrDefault(Reason.MISSING_IDENTITY, 0L);
            if (untold > 0) {
                state.missing.put(MissingCause.NOT_TOLD, untold);
            }
            return;
        }
        each("missingIdentity", (code, count) -> state.missing.merge(MissingCause.known(code), count, Long::sum));
    }

    private void pairs(String key, BiConsumer<Long, Long> each) {
        List<Long> flat = list(key);
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            each.accept(flat.get(i), flat.get(i + 1));
        }
    }

    private void each(String key, BiConsumer<String, Long> each) {
        JsonObject object = json.object(key);
        if (object == null) {
            throw new IllegalArgumentException("no " + key);
        }
        for (Map.Entry<String, Json> entry : object) {
            each.accept(entry.getKey(), number(entry.getValue()));
        }
    }

    private List<Long> list(String key) {
        if (json.get(key) instanceof Json.Arr(List<Json> items)) {
            return items.stream().map(Checkpoint::number).toList();
        }
        throw new IllegalArgumentException("no " + key);
    }

    private static Json numbers(List<Long> values) {
        return new Json.Arr(values.stream().map(value -> Json.of((long) value)).toList());
    }

    private static long number(JsonObject object, String key) {
        return number(object.get(key));
    }

    private static long number(@Nullable Json value) {
        if (value instanceof Json.Num(String literal)) {
            return Long.parseLong(literal);
        }
        throw new IllegalArgumentException("a number is missing");
    }
}
