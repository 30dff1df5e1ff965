package dev.waybill.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.bench.Figure.Target;
import dev.waybill.config.ConfigNode;
import dev.waybill.config.Problems;
import dev.waybill.config.Variables;
import dev.waybill.config.YamlFile;
import dev.waybill.decide.EventReader;
import dev.waybill.event.EventType;
import dev.waybill.kit.Integration;
import dev.waybill.kit.IntegrationCompiler;
import dev.waybill.kit.Mapped;
import dev.waybill.log.LogRecord;
import dev.waybill.log.RecordHeader;
import dev.waybill.workspace.WorkspaceReader;
import dev.waybill.workspace.WorkspaceReader.Endpoints;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Mapping alone, on one core: a record's bytes to the bytes of the request, with identity, limits and notices. By
/// the Kargo kit as it is, and by a rich playbook (`bench/rich-playbook.yaml`). Then how long it takes to read and
/// compile a thousand integrations.
final class MappingBench {
    private static final int ROUNDS = 5;
    /// The JVM compiles until then, more slowly where cores are shared.
    private static final Duration WARM_UP = Duration.ofSeconds(12);
    private static final Duration ROUND = Duration.ofSeconds(1);
    /// Enough between two looks at the clock.
    private static final int EVENTS_PER_LOOK = 500;

    private static final int INTEGRATIONS = 1_000;
    private static final String RICH = "bench/rich-playbook.yaml";
    private final Progress progress;
    private final LogRecord logged = new LogRecord(
            0,
            new RecordHeader(EventType.TRACK, "bench-1", "bench-1", false, Map.of(), null, null, null),
            OrderCompleted.JSON.getBytes(UTF_8));

    MappingBench(Progress progress) {
        this.progress = progress;
    }

    /// Measures.
    ///
    /// @param directory gets a workspace
    List<Figure> run(Path directory) throws IOException {
        progress.measuring("mapping");
        List<Figure> figures = new ArrayList<>();
        figures.add(compiling(directory.resolve("mapping")));
        figures.add(Figure.of(
                "mapping, bytes to bytes with limits, one core", "events/s", Target.atLeast(80_000), rates(kargo())));
        double[] rates = rates(rich());
        double[] micros = new double[rates.length];
        for (int i = 0; i < rates.length; i++) {
            micros[i] = 1e6 / rates[i];
        }
        figures.add(Figure.of(
                "mapping by 30 mappings, 10 transforms, 3 conditions", "µs/event", Target.atMost(25), micros));
        return figures;
    }

    /// The first time is what a start costs.
    private static Figure compiling(Path workspace) throws IOException {
        for (int i = 0; i < INTEGRATIONS; i++) {
            Path integration = workspace.resolve("integrations/kargo-" + i);
            Files.createDirectories(integration);
            Files.writeString(integration.resolve("1.yaml"), kargoWith("bench-" + i));
        }
        Problems problems = new Problems();
        WorkspaceReader reader =
                new WorkspaceReader(IntegrationCompiler::compile, new NoVariables(), Endpoints.REQUIRED);
        long started = System.nanoTime();
        boolean usable = reader.read(workspace, problems).isPresent();
        double seconds = (System.nanoTime() - started) / 1e9;
        if (!usable) {
            throw new IllegalStateException("no usable workspace: " + problems.sorted());
        }
        return Figure.of("reading and compiling 1,000 integrations, cold", "s", Target.atMost(1), seconds);
    }

    private double[] rates(Integration integration) {
        EventReader reader = new EventReader(integration);
        perSecond(integration, reader, WARM_UP);
        double[] rates = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            rates[i] = perSecond(integration, reader, ROUND);
        }
        return rates;
    }

    private double perSecond(Integration integration, EventReader reader, Duration time) {
        long started = System.nanoTime();
        long end = started + time.toNanos();
        long events = 0;
        while (System.nanoTime() < end) {
            for (int i = 0; i < EVENTS_PER_LOOK; i++) {
                map(integration, reader);
            }
            events += EVENTS_PER_LOOK;
        }
        return events * 1e9 / (System.nanoTime() - started);
    }

    private void map(Integration integration, EventReader reader) {
        if (!(integration.mapForSending(reader.read(logged)) instanceof Mapped.Deliver deliver)
                || deliver.request().payload() == null) {
            throw new IllegalStateException("the bench's own event is not mapped");
        }
    }

    private static Integration kargo() {
        Problems problems = new Problems();
        Map<String, String> parameters = Map.of("PARTNER_ID", "bench", "ENDPOINT", "https://kargo.example/events");
        return IntegrationCompiler.compile("kargo", parameters, Map.of(), new NoVariables(), problems)
                .orElseThrow(() -> new IllegalStateException("the Kargo kit doesn't compile: " + problems.sorted()));
    }

    private static String kargoWith(String partner) {
        return """
                kit: kargo
                parameters: {PARTNER_ID: %s, ENDPOINT: 'https://kargo.example/events'}
                playbook:
                  global:
                    filters: [{name: no-tests, deny: event.properties.test == true}]
                  events:
                    order_completed:
                      mappings: [{output: params.order_value, input: properties.total}]
                """.formatted(partner);
    }

    private static Integration rich() {
        @Nullable InputStream resource = MappingBench.class.getClassLoader().getResourceAsStream(RICH);
        try (InputStream in = Objects.requireNonNull(resource, RICH)) {
            return compiled(RICH, new String(in.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Integration compiled(String file, String text) {
        Problems problems = new Problems();
        Optional<ConfigNode> root = YamlFile.read(file, text, problems);
        return root.flatMap(read -> IntegrationCompiler.compile("bench", 1, read, new NoVariables(), problems))
                .orElseThrow(() -> new IllegalStateException("no usable integration: " + problems.sorted()));
    }

    /// The bench's integrations use none.
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
