package dev.waybill.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.bench.Figure.Target;
import dev.waybill.config.Problems;
import dev.waybill.config.Variables;
import dev.waybill.decide.EventReader;
import dev.waybill.event.EventType;
import dev.waybill.json.JsonText;
import dev.waybill.kit.Integration;
import dev.waybill.kit.IntegrationCompiler;
import dev.waybill.kit.Mapped;
import dev.waybill.log.LogRecord;
import dev.waybill.log.RecordHeader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Mapping alone, on one core: a record's bytes to the bytes of the request, with identity, limits and notices.
/// By the Kargo kit as it is.
final class MappingBench {
    private static final int ROUNDS = 5;
    private static final Duration WARM_UP = Duration.ofSeconds(4);
    private static final Duration ROUND = Duration.ofSeconds(1);
    /// Enough between two looks at the clock.
    private static final int EVENTS_PER_LOOK = 500;

    private final Progress progress;
    private final Integration integration = kargo();
    private final EventReader reader = new EventReader(integration);
    private final LogRecord logged = new LogRecord(
            0,
            new RecordHeader(EventType.TRACK, "bench-1", "bench-1", false, Map.of(), null, null, null),
            OrderCompleted.JSON.getBytes(UTF_8));

    MappingBench(Progress progress) {
        this.progress = progress;
    }

    List<Figure> run() {
        progress.measuring("mapping");
        perSecond(WARM_UP);
        double[] rate = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            rate[i] = perSecond(ROUND);
        }
        return List.of(
                Figure.of("mapping, bytes to bytes with limits, one core", "events/s", Target.atLeast(80_000), rate));
    }

    private double perSecond(Duration time) {
        long started = System.nanoTime();
        long end = started + time.toNanos();
        long events = 0;
        while (System.nanoTime() < end) {
            for (int i = 0; i < EVENTS_PER_LOOK; i++) {
                map();
            }
            events += EVENTS_PER_LOOK;
        }
        return events * 1e9 / (System.nanoTime() - started);
    }

    private void map() {
        if (!(integration.mapForSending(reader.read(logged)) instanceof Mapped.Deliver deliver)
                || JsonText.bytes(deliver.request().body()).length == 0) {
            throw new IllegalStateException("the bench's own event is not mapped");
        }
    }

    private static Integration kargo() {
        Problems problems = new Problems();
        Map<String, String> parameters = Map.of("PARTNER_ID", "bench", "ENDPOINT", "https://kargo.example/events");
        return IntegrationCompiler.compile("kargo", parameters, Map.of(), new NoVariables(), problems)
                .orElseThrow(() -> new IllegalStateException("the Kargo kit doesn't compile: " + problems.sorted()));
    }

    /// The kit as it is uses none.
    private record NoVariables() implements Variables {
        @Override
        public Optional<String> environment(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<String> secret(String name) {
            return Optional.empty();
        }
    }
}
