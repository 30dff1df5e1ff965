package dev.waybill.cli;

import dev.waybill.config.Problems;
import dev.waybill.decide.Decider;
import dev.waybill.dryrun.DryRun;
import dev.waybill.kit.IntegrationCompiler;
import dev.waybill.workspace.Pipeline;
import dev.waybill.workspace.Pipeline.Pin;
import dev.waybill.workspace.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `waybill map`: a dry run of the server's own decisions over events from stdin.
@Command(
        name = "map",
        mixinStandardHelpOptions = true,
        description = "Shows what would become of events: one JSON each line on stdin, one result each line on stdout.",
        footer = {
            "",
            "Without a workspace:",
            "  waybill map --kit kargo --param PARTNER_ID=p-1 --set limits.policy=reject < events.jsonl",
            "",
            "Exit status: 0 done, 1 the workspace or the settings have problems, 2 wrong use, 3 can't run."
        })
public final class MapCommand implements Callable<Integer> {
    private final InputStream in;
    private final OutputStream out;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--workspace", paramLabel = "DIR", description = "Take pipeline and integrations from here.")
    private @Nullable Path workspace;

    @Option(names = "--pipeline", paramLabel = "NAME", description = "The pipeline; needless when there is only one.")
    private @Nullable String pipelineName;

    @Option(
            names = "--integration",
            paramLabel = "NAME",
            description = "Only this integration; the default is every one that the pipeline pins.")
    private @Nullable String integrationName;

    @Option(names = "--revision", paramLabel = "N", description = "This revision in place of the pinned one.")
    private @Nullable Integer revision;

    @Option(names = "--kit", paramLabel = "NAME", description = "Without a workspace: the kit as it comes.")
    private @Nullable String kit;

    @Option(names = "--param", paramLabel = "NAME=VALUE", description = "A connection parameter for --kit.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting of the integration for --kit, such as limits.policy=reject.")
    private Map<String, String> settings = new LinkedHashMap<>();

    public MapCommand() {
        this(System.in, System.out);
    }

    MapCommand(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    @Override
    public Integer call() {
        if ((workspace == null) == (kit == null)) {
            throw wrongUse("give either --workspace DIR or --kit NAME");
        }
        Problems problems = new Problems();
        Optional<DryRun> run =
                workspace != null ? ofWorkspace(workspace, problems) : ofKit(String.valueOf(kit), problems);
        problems.sorted().forEach(spec.commandLine().getErr()::println);
        if (run.isEmpty()) {
            return 1;
        }
        try {
            new DryRunLines(run.get(), InstantSource.system()).run(in, out);
            return 0;
        } catch (IOException e) {
            throw new CannotRunException("the events can't be read or the results can't be written: " + e.getMessage());
        }
    }

    private Optional<DryRun> ofWorkspace(Path dir, Problems problems) {
        if (!parameters.isEmpty() || !settings.isEmpty()) {
            throw wrongUse("--param and --set go with --kit; with --workspace the files say it");
        }
        return Workspaces.forDryRun(dir, problems).map(files -> {
            LaneChoice choice = new LaneChoice(files, spec.commandLine());
            Pipeline pipeline = choice.pipeline(pipelineName);
            List<DryRun.Lane> lanes = choice.pins(pipeline, integrationName, revision).stream()
                    .map(pin -> choice.lane(pipeline, pin))
                    .toList();
            return new DryRun(lanes, files.settings().limits());
        });
    }

    private Optional<DryRun> ofKit(String name, Problems problems) {
        if (pipelineName != null || integrationName != null || revision != null) {
            throw wrongUse("--pipeline, --integration and --revision go with --workspace");
        }
        Pin pin = LaneChoice.live(name, 1);
        return IntegrationCompiler.compile(name, parameters, settings, Workspaces.dryRunVariables(), problems)
                .filter(_ -> !problems.hasErrors())
                .map(integration -> new Decider(Pipeline.withDefaults("map", "", List.of(pin)), pin, integration))
                .map(decider -> new DryRun(List.of(new DryRun.Lane(decider, false)), Settings.DEFAULT.limits()));
    }

    private ParameterException wrongUse(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
