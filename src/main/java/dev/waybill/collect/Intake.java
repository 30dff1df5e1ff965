package dev.waybill.collect;

import dev.waybill.event.EventType;
import dev.waybill.http.Body;
import dev.waybill.http.BodyReader;
import dev.waybill.http.Refusal;
import dev.waybill.log.LogRecord;
import dev.waybill.log.LogUnavailableException;
import dev.waybill.outcome.InvalidReason;
import dev.waybill.workspace.Settings;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Takes events: reads, checks, makes durable, and only then answers. Safe for threads.
final class Intake {
    /// What the records of one request may be together: a batch's defaults are recorded with each of its events.
    private static final long MOST_RECORDED = 16L << 20;

    private static final int RETRY_SECONDS = 2;

    private final EventSink sink;
    private final CollectMetrics metrics;
    private final InstantSource clock;
    private final BodyReader bodies;
    private final RateLimits rates;

    Intake(EventSink sink, CollectMetrics metrics, InstantSource clock, BodyReader bodies, RateLimits rates) {
        this.sink = sink;
        this.metrics = metrics;
        this.clock = clock;
        this.bodies = bodies;
        this.rates = rates;
    }

    /// Takes the event or batch of a request, and answers it.
    ///
    /// @param route the event's type, or null for a batch
    void take(ServerRequest request, ServerResponse response, PipelineIndex pipelines, @Nullable EventType route) {
        String origin = Cors.origin(request);
        Cors.readable(response, origin);
        Settings.Limits limits = pipelines.workspace().settings().limits();
        String writeKey = WriteKeys.outsideBody(request);
        PipelineIndex.Entry known = pipelines.find(writeKey);
        if (known != null) {
            Cors.admit(response, origin, known.origins());
        }
        try (Body body = bodies.read(request, route == null ? limits.batchBytes() : limits.eventBytes())) {
            if (writeKey != null && known == null) {
                throw WriteKeys.unknown(writeKey);
            }
            Taken taken = route == null ? batch(body.bytes(), limits) : single(body.bytes(), route, limits);
            taken.errors()
                    .forEach(error -> metrics.refused(error.invalid().reason().code()));
            if (known == null
                    && taken.writeKey() == null
                    && taken.valid().isEmpty()
                    && !taken.errors().isEmpty()) {
                // Nothing readable says whose it is: what is wrong with it helps its sender more.
                answer(response, taken);
                return;
            }
            if (known == null) {
                known = pipelines.find(taken.writeKey());
                if (known == null) {
                    throw WriteKeys.unknown(taken.writeKey());
                }
                Cors.admit(response, origin, known.origins());
            }
            append(taken, Signs.of(request, pipelines, known), known, limits);
            answer(response, taken);
        }
    }

    /// What was found in a body.
    ///
    /// @param writeKey the one in the body, or null
    @SuppressWarnings("ArrayRecordComponent")
    private record Taken(
            byte[] body,
            List<BatchShape.Item> valid,
            List<Answers.ItemError> errors,
            @Nullable String writeKey,
            @Nullable String context,
            @Nullable String integrations,
            @Nullable String sentAt) {}

    private static Taken single(byte[] body, EventType route, Settings.Limits limits) {
        EventShape shape = EventShape.of(body, route, limits.eventBytes(), limits.depth());
        return switch (shape) {
            case EventShape.Valid valid -> {
                List<BatchShape.Item> items = List.of(new BatchShape.Item(0, body.length, valid));
                yield new Taken(body, items, List.of(), valid.writeKey(), null, null, null);
            }
            case EventShape.Invalid invalid ->
                new Taken(body, List.of(), List.of(new Answers.ItemError(0, invalid)), null, null, null, null);
        };
    }

    private static Taken batch(byte[] body, Settings.Limits limits) {
        BatchShape shape = BatchShape.of(body, limits.batchEvents(), limits.eventBytes(), limits.depth());
        return switch (shape) {
            case BatchShape.Refused(var reason, var detail) ->
                throw new Refusal(reason == InvalidReason.TOO_LARGE ? 413 : 400, reason.code(), detail);
            case BatchShape.Parts parts -> {
                List<BatchShape.Item> valid = new ArrayList<>(parts.items().size());
                List<Answers.ItemError> errors = new ArrayList<>();
                for (int i = 0; i < parts.items().size(); i++) {
                    BatchShape.Item item = parts.items().get(i);
                    if (item.shape() instanceof EventShape.Invalid invalid) {
                        errors.add(new Answers.ItemError(i, invalid));
                    } else {
                        valid.add(item);
                    }
                }
                yield new Taken(
                        body, valid, errors, parts.writeKey(), parts.context(), parts.integrations(), parts.sentAt());
            }
        };
    }

    private void append(Taken taken, Signs signs, PipelineIndex.Entry entry, Settings.Limits limits) {
        if (taken.valid().isEmpty()) {
            return;
        }
        String pipeline = entry.pipeline().name();
        long now = clock.millis();
        received(pipeline, taken.valid());
        rates.check(entry.pipeline().writeKey(), taken.valid().size(), limits.perWriteKey(), now);
        Records records = new Records(now, signs, taken.context(), taken.integrations(), taken.sentAt());
        bound(taken, records);
        try {
            sink.append(pipeline, records(taken, records));
        } catch (LogUnavailableException unavailable) {
            throw new Refusal(503, "unavailable", String.valueOf(unavailable.getMessage()), RETRY_SECONDS);
        }
        metrics.accepted(pipeline, taken.valid().size());
    }

    private void received(String pipeline, List<BatchShape.Item> items) {
        Map<EventType, Integer> counts = new EnumMap<>(EventType.class);
        for (BatchShape.Item item : items) {
            if (item.shape() instanceof EventShape.Valid valid) {
                counts.merge(valid.type(), 1, Integer::sum);
            }
        }
        counts.forEach((type, events) -> metrics.received(pipeline, type, events));
    }

    private static void bound(Taken taken, Records records) {
        long recorded = taken.body().length + (long) taken.valid().size() * records.overhead();
        if (recorded > MOST_RECORDED) {
            throw new Refusal(
                    413,
                    "too_large",
                    "the batch's context and integrations make %d bytes with its events, %d are allowed; send smaller batches"
                            .formatted(recorded, MOST_RECORDED));
        }
    }

    private static List<LogRecord> records(Taken taken, Records records) {
        byte[] body = taken.body();
        List<LogRecord> list = new ArrayList<>(taken.valid().size());
        for (BatchShape.Item item : taken.valid()) {
            if (item.shape() instanceof EventShape.Valid valid) {
                boolean whole = item.start() == 0 && item.end() == body.length;
                list.add(records.of(valid, whole ? body : Arrays.copyOfRange(body, item.start(), item.end())));
            }
        }
        return list;
    }

    private static void answer(ServerResponse response, Taken taken) {
        if (taken.errors().isEmpty()) {
            Answers.accepted(response);
        } else if (taken.valid().isEmpty()) {
            Answers.none(response, taken.errors());
        } else {
            Answers.partly(response, taken.valid().size(), taken.errors());
        }
    }
}
