package dev.waybill.cli;

import dev.waybill.config.Problem;
import dev.waybill.config.Problem.Severity;
import dev.waybill.config.Variables;
import dev.waybill.workspace.FileSecrets;
import dev.waybill.workspace.RunningWorkspace;
import dev.waybill.workspace.WorkspaceCheck;
import dev.waybill.workspace.WorkspaceReader;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `waybill check`: one line for each problem on stdout, then a summary. Exit status 1 when one is no mere warning.
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Names every problem of every file of a workspace at once. Opens no connection.",
        footer = {"", "Exit status: 0 no problems (warnings allowed), 1 problems, 3 there is no such directory."})
public final class CheckCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--workspace", required = true, paramLabel = "DIR", description = "The workspace's directory.")
    @SuppressWarnings("NullAway.Init")
    private Path workspace;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "A server's data directory: also check against what that server runs, and its secrets.")
    private @Nullable Path data;

    @Override
    public Integer call() {
        if (!Files.isDirectory(workspace)) {
            throw new CannotRunException(
                    "there is no directory " + workspace + "; give the workspace's with --workspace.");
        }
        WorkspaceCheck check = check();
        PrintWriter out = spec.commandLine().getOut();
        check.problems().forEach(out::println);
        check.notes().forEach(out::println);
        long errors = count(check, Severity.ERROR);
        out.printf(
                "%s: %s, %s.%n",
                workspace, counted(errors, "problem"), counted(count(check, Severity.WARNING), "warning"));
        out.flush();
        return errors == 0 ? 0 : 1;
    }

    private WorkspaceCheck check() {
        if (data == null) {
            return WorkspaceCheck.of(workspace, reader(new DryRunVariables(System.getenv())));
        }
        if (!Files.isDirectory(data)) {
            throw new CannotRunException("there is no directory " + data + "; give the server's with --data.");
        }
        return WorkspaceCheck.against(
                data, workspace, reader(new FileSecrets(RunningWorkspace.secrets(data), System.getenv())));
    }

    private static WorkspaceReader reader(Variables variables) {
        return Workspaces.reader(variables, WorkspaceReader.Endpoints.REQUIRED);
    }

    private static long count(WorkspaceCheck check, Severity severity) {
        return check.problems().stream()
                .map(Problem::severity)
                .filter(severity::equals)
                .count();
    }

    private static String counted(long count, String what) {
        return switch ((int) Math.min(count, 2)) {
            case 0 -> "no " + what + "s";
            case 1 -> "1 " + what;
            default -> count + " " + what + "s";
        };
    }
}
