package dev.waybill.cli;

import dev.waybill.deliver.AddressGuard;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.kit.BrowserSync;
import dev.waybill.kit.Integration;
import dev.waybill.onboard.SyncCheck;
import dev.waybill.onboard.SyncCheck.Subject;
import dev.waybill.onboard.SyncFinding;
import dev.waybill.onboard.SyncLetter;
import dev.waybill.sandbox.AllowedOrigins;
import dev.waybill.workspace.Pipeline;
import dev.waybill.workspace.Pipeline.Pin;
import dev.waybill.workspace.Workspace;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `waybill sync-check`: asks the ID endpoint as pages of each origin would, for a browser can't tell a refusal from a
/// network failure.
@Command(
        name = "sync-check",
        mixinStandardHelpOptions = true,
        description = "Asks SYNC_URL with each of a pipeline's origins and says whether pages there get an identifier,"
                + " and if not, what to do.",
        footer = {
            "",
            "Exit status: 0 every origin gets an identifier, 1 one doesn't, or the workspace has problems, 2 wrong use,"
                    + " 3 the endpoint can't be asked."
        })
public final class SyncCheckCommand implements Callable<Integer> {
    @Option(names = "--workspace", required = true, paramLabel = "DIR", description = "The workspace's directory.")
    private Path workspace = Path.of("");

    @Option(names = "--pipeline", paramLabel = "P", description = "Which; may be left out when there is only one.")
    private @Nullable String pipeline;

    @Option(
            names = "--integration",
            paramLabel = "I",
            description =
                    "Only this one. Default: every one that is enabled and has a SYNC_URL; for the letter, every pinned one"
                            + " whose kit has an ID sync.")
    private @Nullable String integration;

    @Option(
            names = "--origin",
            paramLabel = "URL",
            description = "An origin such as https://www.example.com instead of those that the pipeline lists;"
                    + " repeatable. Needed where it lists https://*.example.com.")
    private List<String> origins = List.of();

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Option(
            names = "--letter",
            description = "Asks nobody; prints a letter to the destination's representative about these origins.")
    private boolean letter;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (letter && json) {
            throw wrongUse("--letter is a text: leave --json out");
        }
        Optional<Workspace> read =
                Workspaces.forDryRun(workspace, spec.commandLine().getErr());
        if (read.isEmpty()) {
            return 1;
        }
        LaneChoice choice = new LaneChoice(read.get(), spec.commandLine());
        Pipeline chosen = choice.pipeline(pipeline);
        List<Subject> synced = synced(choice, chosen);
        List<String> asked = origins(chosen);
        return letter
                ? letter(synced, asked)
                : check(read.get().settings().allowPrivateEndpoints(), chosen, askable(chosen, synced), asked);
    }

    private List<Subject> synced(LaneChoice choice, Pipeline chosen) {
        List<Subject> synced = new ArrayList<>();
        for (Pin pin : choice.pins(chosen, integration, null)) {
            Integration pinned = choice.integration(pin.integration(), pin.revision());
            BrowserSync sync = pinned.browserSync();
            if (sync != null) {
                choice.files().kits().find(pinned.kit()).ifPresent(kit -> synced.add(new Subject(pinned, kit, sync)));
            }
        }
        if (synced.isEmpty()) {
            throw wrongUse("no kit of " + (integration == null ? "pipeline " + chosen.name() : integration)
                    + " has an ID sync: there is nothing to check");
        }
        return synced;
    }

    private List<String> origins(Pipeline chosen) {
        if (!origins.isEmpty()) {
            try {
                AllowedOrigins.of(origins);
            } catch (IllegalArgumentException odd) {
                throw wrongUse(String.valueOf(odd.getMessage()));
            }
            return List.copyOf(new LinkedHashSet<>(origins));
        }
        if (chosen.origins().isEmpty()) {
            throw wrongUse("pipeline " + chosen.name() + " lists no origins: add them to pipelines/" + chosen.name()
                    + ".yaml, or name one with --origin https://www.example.com");
        }
        List<String> patterns =
                chosen.origins().stream().filter(origin -> origin.contains("*")).toList();
        if (!patterns.isEmpty()) {
            throw wrongUse(
                    "pipeline " + chosen.name() + " lists " + String.join(", ", patterns)
                            + ", and a destination allow-lists each origin by itself: name those that your pages have with --origin");
        }
        return chosen.origins();
    }

    private int letter(List<Subject> synced, List<String> asked) {
        PrintWriter out = spec.commandLine().getOut();
        for (Subject one : synced) {
            SyncLetter text = SyncLetter.of(one.kit())
                    .orElseThrow(() -> wrongUse("there is no letter for the kit "
                            + one.kit().about().name() + "; choose another integration with --integration"));
            out.print(text.about(asked, one.integration().parameters().get("PARTNER_ID")));
        }
        out.flush();
        return 0;
    }

    /// Those to be asked. One that isn't ready keeps nobody from learning about the others, unless it alone is named.
    private List<Subject> askable(Pipeline chosen, List<Subject> synced) {
        List<Subject> askable = new ArrayList<>();
        for (Subject one : synced) {
            Optional<String> obstacle = obstacle(chosen, one);
            if (obstacle.isEmpty()) {
                askable.add(one);
            } else if (integration != null) {
                throw new CannotRunException(obstacle.get());
            } else {
                spec.commandLine().getErr().println("Left out: " + obstacle.get());
            }
        }
        if (askable.isEmpty()) {
            throw new CannotRunException("pipelines/" + chosen.name()
                    + ".yaml pins no integration that is enabled and has an address to ask, so nobody was asked:"
                    + " do what the lines above say, or name one with --integration");
        }
        return askable;
    }

    private Optional<String> obstacle(Pipeline chosen, Subject one) {
        String name = one.integration().name();
        boolean enabled = chosen.integrations().stream()
                .anyMatch(pin -> pin.enabled() && pin.integration().equals(name));
        if (!enabled && integration == null) {
            return Optional.of("%s, which pipelines/%s.yaml doesn't enable: --integration %s asks for it all the same."
                    .formatted(name, chosen.name(), name));
        }
        return one.isAskable() ? Optional.empty() : Optional.of(one.missing());
    }

    private int check(boolean allowPrivate, Pipeline chosen, List<Subject> synced, List<String> asked) {
        AtomicInteger number = new AtomicInteger();
        List<SyncFinding> findings = new SyncCheck(
                        new AddressGuard(() -> allowPrivate), chosen.sync().timeout())
                .ask(synced, asked, origin -> progress(origin, number.incrementAndGet(), synced.size() * asked.size()));
        progress("", 0, 0);
        if (json) {
            json(chosen, findings);
        } else {
            new SyncTable(spec.commandLine().getOut()).print(findings);
        }
        if (findings.stream().noneMatch(SyncFinding::isAnswered)) {
            throw new CannotRunException("No answer came from SYNC_URL, so nothing is known of the allow-list; "
                    + (json ? "each origin's faults say why." : "the lines above say why."));
        }
        return findings.stream().allMatch(SyncFinding::isFine) ? 0 : 1;
    }

    /// One line on a terminal; nothing otherwise. Without an origin it is wiped.
    private void progress(String origin, int number, int all) {
        if (Terminal.watched()) {
            String line = origin.isEmpty() ? "" : "%d of %d: %s".formatted(number, all, origin);
            PrintWriter err = spec.commandLine().getErr();
            err.print("\r%-78.78s%s".formatted(line, origin.isEmpty() ? "\r" : ""));
            err.flush();
        }
    }

    private void json(Pipeline chosen, List<SyncFinding> findings) {
        List<Json> rows = findings.stream().<Json>map(SyncFinding::json).toList();
        PrintWriter out = spec.commandLine().getOut();
        out.println(JsonText.write(JsonObject.builder()
                .put("pipeline", chosen.name())
                .put("ok", findings.stream().allMatch(SyncFinding::isFine))
                .put("origins", new Json.Arr(rows))
                .build()));
        out.flush();
    }

    private ParameterException wrongUse(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
