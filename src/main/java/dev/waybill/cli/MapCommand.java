package dev.waybill.cli;

import dev.waybill.config.Nearest;
import dev.waybill.config.Problems;
import dev.waybill.config.Variables;
import dev.waybill.decide.Decider;
import dev.waybill.kit.Integration;
import dev.waybill.kit.IntegrationCompiler;
import dev.waybill.workspace.Pipeline;
import dev.waybill.workspace.Pipeline.Mode;
import dev.waybill.workspace.Pipeline.Pin;
import dev.waybill.workspace.Pipeline.StartFrom;
import dev.waybill.workspace.Settings;
import dev.waybill.workspace.Workspace;
import dev.waybill.workspace.Workspace.RevisionKey;
import dev.waybill.workspace.WorkspaceReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
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
            run.get().run(in, out);
            return 0;
        } catch (IOException e) {
            throw new CannotRunException("the events can't be read or the results can't be written: " + e.getMessage());
        }
    }

    private Optional<DryRun> ofWorkspace(Path dir, Problems problems) {
        if (!parameters.isEmpty() || !settings.isEmpty()) {
            throw wrongUse("--param and --set go with --kit; with --workspace the files say it");
        }
        if (!Files.isDirectory(dir)) {
            throw new CannotRunException("there is no directory " + dir + "; give the workspace's with --workspace.");
        }
        Problems found = new Problems();
        Optional<Workspace> read = new WorkspaceReader(
                        IntegrationCompiler::compile, variables(), WorkspaceReader.Endpoints.OPTIONAL)
                .read(dir, found);
        if (read.isEmpty()) {
            found.sorted().forEach(problems::add);
        }
        return read.map(files -> {
            Pipeline pipeline = pipeline(files);
            List<DryRun.Lane> lanes = pins(pipeline).stream()
                    .map(pin -> new DryRun.Lane(new Decider(pipeline, pin, integration(files, pin)), true))
                    .toList();
            return new DryRun(lanes, files.settings().limits(), InstantSource.system());
        });
    }

    private Pipeline pipeline(Workspace files) {
        TreeSet<String> names = new TreeSet<>(files.pipelines().keySet());
        String name = pipelineName == null && names.size() == 1 ? names.first() : pipelineName;
        if (name == null) {
            throw wrongUse("give --pipeline NAME; pipelines: " + list(names));
        }
        Pipeline pipeline = files.pipelines().get(name);
        if (pipeline == null) {
            throw wrongUse(
                    "there is no pipeline '" + name + "'; pipelines: " + list(names) + "." + Nearest.hint(name, names));
        }
        return pipeline;
    }

    private List<Pin> pins(Pipeline pipeline) {
        List<Pin> pinned = pipeline.integrations().stream()
                .filter(pin -> integrationName == null || pin.integration().equals(integrationName))
                .toList();
        if (pinned.isEmpty() && integrationName != null && revision != null) {
            return List.of(new Pin(integrationName, revision, true, Mode.LIVE, new StartFrom.Now()));
        }
        if (pinned.isEmpty()) {
            String pins =
                    list(pipeline.integrations().stream().map(Pin::integration).toList());
            throw wrongUse("the pipeline '" + pipeline.name() + "' pins "
                    + (integrationName == null ? "no integration" : "no '" + integrationName + "' but: " + pins)
                    + "; name one with --integration and --revision");
        }
        if (revision == null) {
            return pinned;
        }
        if (pinned.size() > 1) {
            throw wrongUse("--revision goes with --integration: the pipeline pins several");
        }
        Pin pin = pinned.getFirst();
        return List.of(new Pin(pin.integration(), revision, pin.enabled(), pin.mode(), pin.startFrom()));
    }

    private Integration integration(Workspace files, Pin pin) {
        Integration found = files.integrations().get(new RevisionKey(pin.integration(), pin.revision()));
        if (found == null) {
            List<String> known = files.integrations().keySet().stream()
                    .map(RevisionKey::toString)
                    .sorted()
                    .toList();
            throw wrongUse("there is no integrations/" + pin.integration() + "/" + pin.revision() + ".yaml; revisions: "
                    + list(known));
        }
        return found;
    }

    private Optional<DryRun> ofKit(String name, Problems problems) {
        if (pipelineName != null || integrationName != null || revision != null) {
            throw wrongUse("--pipeline, --integration and --revision go with --workspace");
        }
        Pin pin = new Pin(name, 1, true, Mode.LIVE, new StartFrom.Now());
        return IntegrationCompiler.compile(name, parameters, settings, variables(), problems)
                .filter(_ -> !problems.hasErrors())
                .map(integration -> new Decider(Pipeline.withDefaults("map", "", List.of(pin)), pin, integration))
                .map(decider -> new DryRun(
                        List.of(new DryRun.Lane(decider, false)), Settings.DEFAULT.limits(), InstantSource.system()));
    }

    private static Variables variables() {
        return new DryRunVariables(System.getenv());
    }

    private static String list(Iterable<String> names) {
        List<String> all = new ArrayList<>();
        names.forEach(all::add);
        return all.isEmpty() ? "none" : String.join(", ", all);
    }

    private ParameterException wrongUse(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
