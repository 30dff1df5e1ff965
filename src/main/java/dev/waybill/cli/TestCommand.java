package dev.waybill.cli;

import dev.waybill.config.Nearest;
import dev.waybill.dryrun.DryRun;
import dev.waybill.dryrun.FixtureLines;
import dev.waybill.fixture.AnsweredLine;
import dev.waybill.fixture.Fixture;
import dev.waybill.fixture.FixtureFolders;
import dev.waybill.fixture.JUnitReport;
import dev.waybill.fixture.Verdict;
import dev.waybill.json.Json;
import dev.waybill.workspace.Pipeline;
import dev.waybill.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `waybill test`: runs a workspace's fixtures through the server's own decisions.
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = "Runs the workspace's fixtures, tests/*/event.json beside expected.json, and shows what differs.",
        footer = {
            "",
            "Exit status: 0 all as expected, 1 something differs, can't be run, or there is no fixture, 2 wrong use,"
                    + " 3 can't run."
        })
public final class TestCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--workspace", required = true, paramLabel = "DIR", description = "The workspace's directory.")
    private Path workspace = Path.of("");

    @Option(names = "--pipeline", paramLabel = "P", description = "Compare only what comes in this pipeline.")
    private @Nullable String pipeline;

    @Option(names = "--integration", paramLabel = "I", description = "Compare only what comes for this integration.")
    private @Nullable String integration;

    @Option(names = "--only", paramLabel = "NAME", description = "Run only this fixture; may be repeated.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--update",
            description = "Write what comes into expected.json where it differs or is missing, instead of failing.")
    private boolean update;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write the results as JUnit XML, too.")
    private @Nullable Path junit;

    @Option(names = "--no-color", description = "No colours, also on a terminal.")
    private boolean noColor;

    @Override
    public Integer call() throws IOException {
        Optional<Workspace> files =
                Workspaces.forDryRun(workspace, spec.commandLine().getOut());
        if (files.isEmpty()) {
            return 1;
        }
        List<DryRun.Lane> lanes = lanes(files.get());
        FixtureFolders folders = new FixtureFolders(workspace);
        List<String> names = chosen(folders.names());
        DryRun run = new DryRun(lanes, files.get().settings().limits());
        TestReport report = new TestReport(spec.commandLine().getOut(), Terminal.coloured(noColor));
        for (String name : names) {
            one(folders, name, run, files.get().pipelines().size() > 1, report);
        }
        if (names.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println(("waybill: there are no fixtures in %s; a fixture is a folder there with %s and %s,"
                                    + " and capture makes one of a recorded event.")
                            .formatted(workspace.resolve(FixtureFolders.TESTS), Fixture.EVENT, Fixture.EXPECTED));
            spec.commandLine().getErr().flush();
        } else {
            report.summary();
        }
        writeJUnit(report);
        return names.isEmpty() || report.failed() ? 1 : 0;
    }

    private List<DryRun.Lane> lanes(Workspace files) {
        LaneChoice choice = new LaneChoice(files, spec.commandLine());
        List<DryRun.Lane> lanes = choice.all();
        if (lanes.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "no pipeline of %s pins an integration, so that nothing becomes of any event".formatted(workspace));
        }
        if (pipeline != null) {
            Pipeline known = choice.pipeline(pipeline);
            choice.pins(known, integration, null);
        } else if (integration != null) {
            known(
                    "integration",
                    integration,
                    lanes.stream().map(DryRun.Lane::integration).distinct().toList());
        }
        return lanes;
    }

    private void known(String what, String name, List<String> names) {
        if (!names.contains(name)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "there is no %s '%s'; known: %s.%s"
                            .formatted(what, name, LaneChoice.list(names), Nearest.hint(name, names)));
        }
    }

    private List<String> chosen(List<String> names) {
        only.forEach(name -> known("fixture", name, names));
        return only.isEmpty() ? names : names.stream().filter(only::contains).toList();
    }

    private boolean included(@Nullable String ofPipeline, @Nullable String ofIntegration) {
        return ofPipeline == null
                || ((pipeline == null || pipeline.equals(ofPipeline))
                        && (integration == null || integration.equals(ofIntegration)));
    }

    private void one(FixtureFolders folders, String name, DryRun run, boolean manyPipelines, TestReport report)
            throws IOException {
        long start = System.nanoTime();
        Fixture fixture = folders.read(name, !update);
        List<AnsweredLine> lines = fixture.problems().isEmpty() ? FixtureLines.of(fixture.events(), run) : List.of();
        Verdict verdict = fixture.judge(lines, this::included);
        boolean wanted = update && (verdict instanceof Verdict.Differs || verdict instanceof Verdict.Missing);
        Json next = wanted ? fixture.rewritten(lines, this::included, manyPipelines) : null;
        if (next != null) {
            folders.write(name, Fixture.EXPECTED, next);
        }
        report.add(fixture, verdict, next != null, System.nanoTime() - start);
    }

    private void writeJUnit(TestReport report) {
        if (junit == null) {
            return;
        }
        try {
            Files.writeString(junit, JUnitReport.of(report.cases()), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CannotRunException(
                    "%s can't be written (%s); give a file in a directory that is there with --junit."
                            .formatted(junit, e));
        }
    }
}
