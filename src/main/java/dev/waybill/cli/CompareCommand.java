package dev.waybill.cli;

import dev.waybill.collect.EventShape;
import dev.waybill.compare.Compared;
import dev.waybill.compare.RevisionComparison;
import dev.waybill.fixture.ReceivedAt;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonPath;
import dev.waybill.json.JsonText;
import dev.waybill.json.Projection;
import dev.waybill.log.LogRecord;
import dev.waybill.log.RecordHeader;
import dev.waybill.log.RecordedEvents;
import dev.waybill.workspace.Pipeline;
import dev.waybill.workspace.Settings;
import dev.waybill.workspace.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `waybill compare`: what another revision would make otherwise of events that were recorded.
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = "Runs two revisions of an integration over recorded events and shows what would change."
                + " Sends nothing; a server may run on the data directory.",
        footer = {
            "",
            "Exit status: 0 compared, 1 the workspace has problems or, with --fail-on-change, something changes,"
                    + " 2 wrong use, 3 can't run."
        })
public final class CompareCommand implements Callable<Integer> {
    private static final int MOST_EXAMPLES = 100;
    private static final Projection RECEIVED = Projection.of(List.of(JsonPath.parse(ReceivedAt.KEY)));

    private final InputStream in;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--workspace", required = true, paramLabel = "DIR", description = "The workspace's directory.")
    private Path workspace = Path.of("");

    @Option(names = "--integration", required = true, paramLabel = "I", description = "The integration.")
    private String integration = "";

    @Option(names = "--from", required = true, paramLabel = "N", description = "The revision that is.")
    private int from;

    @Option(names = "--to", required = true, paramLabel = "M", description = "The revision that would be.")
    private int to;

    @Option(
            names = "--pipeline",
            paramLabel = "P",
            description = "Whose consent settings and recorded events count; needless when there is only one.")
    private @Nullable String pipelineName;

    @Option(
            names = "--events",
            paramLabel = "FILE",
            description = "Events from a file, one JSON each line; - for stdin.")
    private @Nullable String events;

    @Option(names = "--data", paramLabel = "DIR", description = "Events from a server's data directory.")
    private @Nullable Path data;

    @Option(
            names = "--last",
            paramLabel = "N",
            defaultValue = "1000",
            description = "So many of the last events of --data. Default: ${DEFAULT-VALUE}.")
    private long last;

    @Option(
            names = "--examples",
            paramLabel = "N",
            defaultValue = "3",
            description = "So many for each change. Default: ${DEFAULT-VALUE}.")
    private int examples;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Option(names = "--fail-on-change", description = "Exit with 1 when anything changes.")
    private boolean failOnChange;

    public CompareCommand() {
        this(System.in);
    }

    CompareCommand(InputStream in) {
        this.in = in;
    }

    @Override
    public Integer call() throws IOException {
        if ((events == null) == (data == null)) {
            throw wrongUse("give either --events FILE or --data DIR");
        }
        if (examples < 0 || examples > MOST_EXAMPLES) {
            throw wrongUse("--examples is %d; 0 to %d are allowed".formatted(examples, MOST_EXAMPLES));
        }
        if (last < 1) {
            throw wrongUse("--last is %d; at least 1 is allowed".formatted(last));
        }
        PrintWriter err = spec.commandLine().getErr();
        Optional<Workspace> files = Workspaces.forDryRun(workspace, err);
        if (files.isEmpty()) {
            return 1;
        }
        LaneChoice choice = new LaneChoice(files.get(), spec.commandLine());
        Pipeline pipeline = choice.pipeline(pipelineName);
        RevisionComparison comparison = new RevisionComparison(
                pipeline, choice.integration(integration, from), choice.integration(integration, to), examples);
        CompareProgress progress = new CompareProgress(err, Terminal.watched());
        Consumer<LogRecord> each = record -> {
            comparison.add(record);
            progress.one();
        };
        if (data != null) {
            RecordedEvents recorded = RecordedEvents.of(
                    data, Recorded.pipelines(data, pipeline.name()).getFirst());
            recorded.last(last, each);
            comparison.addUnreadable(recorded.lost());
        } else {
            lines(String.valueOf(events), files.get().settings().limits(), comparison, each);
        }
        progress.end();
        Compared compared = comparison.result();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonText.write(compared.json()));
        } else {
            new ComparedText(compared, out).print();
        }
        out.flush();
        return failOnChange && compared.changed() > 0 ? 1 : 0;
    }

    private void lines(String file, Settings.Limits limits, RevisionComparison comparison, Consumer<LogRecord> each)
            throws IOException {
        if (file.equals("-")) {
            lines(in, limits, comparison, each);
            return;
        }
        try (InputStream opened = Files.newInputStream(Path.of(file))) {
            lines(opened, limits, comparison, each);
        } catch (NoSuchFileException e) {
            throw new CannotRunException(
                    "there is no file %s; give one with an event each line with --events.".formatted(file));
        }
    }

    private static void lines(
            InputStream from, Settings.Limits limits, RevisionComparison comparison, Consumer<LogRecord> each)
            throws IOException {
        EventLines lines = new EventLines(from, limits.eventBytes());
        for (EventLines.Line line = lines.next(); line != null; line = lines.next()) {
            if (line.isBlank()) {
                continue;
            }
            byte[] bytes = line.bytes();
            if (bytes != null
                    && EventShape.of(bytes, null, limits.eventBytes(), limits.depth())
                            instanceof EventShape.Valid valid) {
                each.accept(record(valid, bytes, "line-" + line.number()));
            } else {
                comparison.addUnreadable(1);
            }
        }
    }

    private static LogRecord record(EventShape.Valid valid, byte[] bytes, String lineName) {
        String messageId = valid.messageId() == null ? lineName : valid.messageId();
        Json received = JsonText.read(bytes, RECEIVED);
        return new LogRecord(
                ReceivedAt.of(received instanceof JsonObject object ? object : JsonObject.EMPTY),
                new RecordHeader(valid.type(), messageId, messageId, false, Map.of(), null, null, null),
                bytes);
    }

    private ParameterException wrongUse(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
