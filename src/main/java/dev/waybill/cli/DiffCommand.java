package dev.waybill.cli;

import dev.waybill.compare.MeaningDiff;
import dev.waybill.json.PlainText;
import dev.waybill.kit.Integration;
import dev.waybill.kit.Meaning;
import dev.waybill.workspace.Workspace;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `waybill diff`: what a revision says otherwise than another, by meaning: order, comments, quotes and defaults that
/// are written out make no difference.
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Shows what a revision of an integration means otherwise than another, the kit's part included."
                + " To see what that does to real events: compare.",
        footer = {"", "Exit status: 0 done, 1 the workspace has problems, 2 wrong use, 3 can't run."})
public final class DiffCommand implements Callable<Integer> {
    private static final String RED = "\u001b[31m";
    private static final String GREEN = "\u001b[32m";
    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";
    private static final int LONGEST = 500;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--workspace", required = true, paramLabel = "DIR", description = "The workspace's directory.")
    private Path workspace = Path.of("");

    @Option(names = "--integration", required = true, paramLabel = "I", description = "The integration.")
    private String integration = "";

    @Option(names = "--from", required = true, paramLabel = "N", description = "The one revision.")
    private int from;

    @Option(names = "--to", required = true, paramLabel = "M", description = "The other revision.")
    private int to;

    @Option(names = "--no-color", description = "No colours, also on a terminal.")
    private boolean noColor;

    private boolean coloured;

    @Override
    public Integer call() {
        Optional<Workspace> files =
                Workspaces.forDryRun(workspace, spec.commandLine().getErr());
        if (files.isEmpty()) {
            return 1;
        }
        LaneChoice choice = new LaneChoice(files.get(), spec.commandLine());
        Integration before = choice.integration(integration, from);
        Integration after = choice.integration(integration, to);
        coloured = Terminal.coloured(noColor);
        PrintWriter out = spec.commandLine().getOut();
        MeaningDiff diff = MeaningDiff.of(before.meaning(), after.meaning());
        if (diff.groups().isEmpty()) {
            out.printf("%s: revisions %d and %d mean the same%n", integration, from, to);
        } else {
            out.printf("%s: revision %d → %d%n", integration, from, to);
            diff.groups().forEach(group -> print(group, out));
        }
        out.flush();
        return 0;
    }

    private void print(MeaningDiff.Group group, PrintWriter out) {
        out.println();
        out.println(painted(BOLD, heading(group)));
        for (MeaningDiff.Change change : group.changes()) {
            line(out, GREEN, RED, change);
        }
    }

    private static String heading(MeaningDiff.Group group) {
        if (group.events().isEmpty()) {
            return "settings";
        }
        return group.every() ? every(group) : String.join(", ", group.events());
    }

    private static String every(MeaningDiff.Group group) {
        return group.events().contains(Meaning.OTHERS) ? "every event" : "every event with a section";
    }

    private void line(PrintWriter out, String added, String removed, MeaningDiff.Change change) {
        @Nullable String before = change.before();
        @Nullable String after = change.after();
        if (before == null) {
            out.println(painted(added, "  + " + change.what() + ": " + shown(after)));
        } else if (after == null) {
            out.println(painted(removed, "  - " + change.what() + ": " + shown(before)));
        } else {
            out.println("  ~ " + change.what() + ": " + painted(removed, shown(before)) + " → "
                    + painted(added, shown(after)));
        }
    }

    private static String shown(@Nullable String words) {
        return PlainText.harmless(words, LONGEST);
    }

    private String painted(String colour, String text) {
        return coloured ? colour + text + PLAIN : text;
    }
}
