package dev.waybill.cli;

import dev.waybill.config.Nearest;
import dev.waybill.decide.Decider;
import dev.waybill.dryrun.DryRun;
import dev.waybill.kit.Integration;
import dev.waybill.workspace.Pipeline;
import dev.waybill.workspace.Pipeline.Mode;
import dev.waybill.workspace.Pipeline.Pin;
import dev.waybill.workspace.Pipeline.StartFrom;
import dev.waybill.workspace.Workspace;
import dev.waybill.workspace.Workspace.RevisionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// Finds the pipelines, pins and revisions of a workspace that options name; a name that isn't there is wrong use.
///
/// @param line for the errors
record LaneChoice(Workspace files, CommandLine line) {
    /// The lanes of every pipeline, by its file's name, in the order of its pins.
    List<DryRun.Lane> all() {
        List<DryRun.Lane> lanes = new ArrayList<>();
        for (String name : new TreeSet<>(files.pipelines().keySet())) {
            Pipeline pipeline = pipeline(name);
            pipeline.integrations().forEach(pin -> lanes.add(lane(pipeline, pin)));
        }
        return lanes;
    }

    DryRun.Lane lane(Pipeline pipeline, Pin pin) {
        return new DryRun.Lane(new Decider(pipeline, pin, integration(pin.integration(), pin.revision())), true);
    }

    /// @param name null when there is only one
    Pipeline pipeline(@Nullable String name) {
        TreeSet<String> names = new TreeSet<>(files.pipelines().keySet());
        String wanted = name == null && names.size() == 1 ? names.first() : name;
        if (wanted == null) {
            throw wrongUse("give --pipeline NAME; pipelines: " + list(names));
        }
        Pipeline pipeline = files.pipelines().get(wanted);
        if (pipeline == null) {
            throw wrongUse("there is no pipeline '" + wanted + "'; pipelines: " + list(names) + "."
                    + Nearest.hint(wanted, names));
        }
        return pipeline;
    }

    /// @param integration null for every one that is pinned
    /// @param revision null for the pinned one
    List<Pin> pins(Pipeline pipeline, @Nullable String integration, @Nullable Integer revision) {
        List<Pin> pinned = pipeline.integrations().stream()
                .filter(pin -> integration == null || pin.integration().equals(integration))
                .toList();
        if (pinned.isEmpty() && integration != null && revision != null) {
            return List.of(live(integration, revision));
        }
        if (pinned.isEmpty()) {
            String pins =
                    list(pipeline.integrations().stream().map(Pin::integration).toList());
            throw wrongUse("the pipeline '" + pipeline.name() + "' pins "
                    + (integration == null ? "no integration" : "no '" + integration + "' but: " + pins)
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

    /// A pin that sends.
    static Pin live(String integration, int revision) {
        return new Pin(integration, revision, true, Mode.LIVE, new StartFrom.Now());
    }

    Integration integration(String name, int revision) {
        Integration found = files.integrations().get(new RevisionKey(name, revision));
        if (found == null) {
            List<String> known = files.integrations().keySet().stream()
                    .map(RevisionKey::toString)
                    .sorted()
                    .toList();
            throw wrongUse("there is no integrations/" + name + "/" + revision + ".yaml; revisions: " + list(known));
        }
        return found;
    }

    static String list(Iterable<String> names) {
        List<String> all = new ArrayList<>();
        names.forEach(all::add);
        return all.isEmpty() ? "none" : String.join(", ", all);
    }

    private ParameterException wrongUse(String message) {
        return new ParameterException(line, message);
    }
}
