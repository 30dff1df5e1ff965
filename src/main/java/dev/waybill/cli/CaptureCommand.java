package dev.waybill.cli;

import dev.waybill.config.Nearest;
import dev.waybill.decide.WholeEvent;
import dev.waybill.dryrun.DryRun;
import dev.waybill.dryrun.FixtureLines;
import dev.waybill.event.EventName;
import dev.waybill.fixture.AnsweredLine;
import dev.waybill.fixture.Fixture;
import dev.waybill.fixture.FixtureFolders;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.PlainText;
import dev.waybill.log.LogRecord;
import dev.waybill.mask.Masking;
import dev.waybill.workspace.Workspace;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `waybill capture`: makes fixtures of recorded events, identifiers masked.
@Command(
        name = "capture",
        mixinStandardHelpOptions = true,
        description = "Makes fixtures of the newest recorded events of a name, with what identifies a person masked."
                + " Reads the data directory only; a server may run on it.",
        footer = {"", "Exit status: 0 written, 1 no such event or the workspace has problems, 2 wrong use, 3 can't run."
        })
public final class CaptureCommand implements Callable<Integer> {
    private static final Pattern FOLDER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}");
    private static final int MOST = 100;
    private static final int MOST_NAMES = 30;
    private static final int LONGEST_NAME = 100;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "A server's data directory.")
    private Path data = Path.of("");

    @Option(
            names = "--event",
            required = true,
            paramLabel = "NAME",
            description = "The event's name, compared normalised; or a type, such as page.")
    private String event = "";

    @Option(names = "--pipeline", paramLabel = "P", description = "Only events of this pipeline.")
    private @Nullable String pipeline;

    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            description = "Where to write tests/NAME/. Default: this directory, or workspace/ in it.")
    private @Nullable Path workspace;

    @Option(names = "--name", paramLabel = "FOLDER", description = "The fixture's name. Default: the event's.")
    private @Nullable String name;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "1",
            description = "So many of the newest, each in a folder of its own. Default: ${DEFAULT-VALUE}.")
    private int count;

    @Option(names = "--show-identifiers", description = "Mask nothing: the files hold personal data.")
    private boolean showIdentifiers;

    @Option(names = "--force", description = "Replace a fixture of that name.")
    private boolean force;

    @Override
    public Integer call() throws IOException {
        if (count < 1 || count > MOST) {
            throw wrongUse("--count is %d; 1 to %d are allowed".formatted(count, MOST));
        }
        Path target = workspace();
        FixtureFolders folders = new FixtureFolders(target);
        List<String> names = names();
        if (!force) {
            refuseExisting(folders, names);
        }
        List<String> pipelines = Recorded.pipelines(data, pipeline);
        PrintWriter err = spec.commandLine().getErr();
        Optional<Workspace> files = Workspaces.forDryRun(target, err);
        if (files.isEmpty()) {
            return 1;
        }
        EventSearch search = new EventSearch(EventName.normalise(event), count);
        List<LogRecord> found = search.in(data, pipelines);
        if (found.isEmpty()) {
            err.println(notFound(search));
            err.flush();
            return 1;
        }
        write(found, names, folders, files.get());
        if (found.size() < count) {
            err.println("waybill: there are only %d of %d such events.".formatted(found.size(), count));
        }
        if (search.lost() > 0) {
            err.println("waybill: %d events in the log are damaged and were passed over.".formatted(search.lost()));
        }
        err.flush();
        return 0;
    }

    private Path workspace() {
        if (workspace != null) {
            return workspace;
        }
        for (Path usual : List.of(Path.of("."), Path.of("workspace"))) {
            if (Files.isDirectory(usual.resolve("pipelines"))) {
                return usual;
            }
        }
        throw wrongUse("give the workspace to write the fixture to with --workspace DIR");
    }

    private List<String> names() {
        String normal = EventName.normalise(event).replaceAll("[^a-z0-9_.-]", "-");
        String stem = name != null ? name : normal.substring(0, Math.min(normal.length(), 90));
        if (!FOLDER.matcher(stem).matches()) {
            throw wrongUse("'%s' is no folder's name; give one of letters, digits, _, - and . with --name"
                    .formatted(PlainText.harmless(stem, LONGEST_NAME)));
        }
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            names.add(count == 1 ? stem : stem + "-" + i);
        }
        return names;
    }

    private void refuseExisting(FixtureFolders folders, List<String> names) {
        List<String> existing = names.stream()
                .filter(each -> Files.exists(
                        folders.workspace().resolve(FixtureFolders.TESTS).resolve(each)))
                .toList();
        if (!existing.isEmpty()) {
            throw wrongUse("%s already there in %s: %s; choose another --name, or replace with --force"
                    .formatted(
                            existing.size() == 1 ? "a fixture is" : "fixtures are",
                            folders.workspace().resolve(FixtureFolders.TESTS),
                            String.join(", ", existing)));
        }
    }

    private String notFound(EventSearch search) {
        List<String> seen = search.names();
        String wanted = EventName.normalise(event);
        return "waybill: no event '%s' among the %d recorded; there are: %s.%s"
                .formatted(
                        PlainText.harmless(wanted, LONGEST_NAME),
                        search.looked(),
                        seen.isEmpty()
                                ? "none"
                                : seen.stream()
                                                .limit(MOST_NAMES)
                                                .map(each -> PlainText.harmless(each, LONGEST_NAME))
                                                .collect(Collectors.joining(", "))
                                        + (seen.size() > MOST_NAMES ? " …" : ""),
                        PlainText.harmless(Nearest.hint(wanted, seen), 2 * LONGEST_NAME));
    }

    private void write(List<LogRecord> found, List<String> names, FixtureFolders folders, Workspace files)
            throws IOException {
        List<DryRun.Lane> lanes = new LaneChoice(files, spec.commandLine()).all();
        if (lanes.isEmpty()) {
            throw wrongUse("no pipeline of %s pins an integration, so that nothing becomes of any event"
                    .formatted(folders.workspace()));
        }
        DryRun run = new DryRun(lanes, files.settings().limits());
        boolean manyPipelines = files.pipelines().size() > 1;
        Masking masking = new Masking();
        PrintWriter out = spec.commandLine().getOut();
        for (int i = 0; i < found.size(); i++) {
            JsonObject whole = WholeEvent.of(found.get(i));
            JsonObject shown = showIdentifiers ? whole : masking.mask(whole);
            Fixture fixture = new Fixture(names.get(i), List.of(shown), null, List.of());
            List<AnsweredLine> lines = FixtureLines.of(fixture.events(), run);
            folders.write(fixture.name(), Fixture.EVENT, shown);
            folders.write(
                    fixture.name(),
                    Fixture.EXPECTED,
                    Objects.requireNonNull(fixture.rewritten(lines, (_, _) -> true, manyPipelines)));
            out.println(
                    "wrote %s and %s: %s".formatted(fixture.path(Fixture.EVENT), Fixture.EXPECTED, outcomes(lines)));
            String before = outcomes(FixtureLines.of(List.<Json>of(whole), run));
            if (!before.equals(outcomes(lines))) {
                out.println("  note: masked, something else becomes of it than of the recorded event: %s"
                        .formatted(before));
            }
        }
        out.flush();
    }

    private static String outcomes(List<AnsweredLine> lines) {
        return lines.stream()
                .map(line -> {
                    String reason = line.line().text("reason");
                    return "%s %s%s"
                            .formatted(line.lane(), line.line().text("outcome"), reason == null ? "" : ": " + reason);
                })
                .collect(Collectors.joining(", "));
    }

    private ParameterException wrongUse(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
