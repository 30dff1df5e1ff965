package dev.waybill.cli;

import dev.waybill.config.Problems;
import dev.waybill.config.Variables;
import dev.waybill.kit.IntegrationCompiler;
import dev.waybill.workspace.Workspace;
import dev.waybill.workspace.WorkspaceReader;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The workspaces that verbs read: the one place of the command line that knows how.
final class Workspaces {
    private Workspaces() {}

    static WorkspaceReader reader(Variables variables, WorkspaceReader.Endpoints endpoints) {
        return new WorkspaceReader(IntegrationCompiler::compile, variables, endpoints);
    }

    /// For a dry run: no endpoint is needed, and secrets stay placeholders.
    ///
    /// @param problems what is wrong when it can't be used; warnings of a usable one are left to `check`
    /// @throws CannotRunException when there is no such directory
    static Optional<Workspace> forDryRun(Path dir, Problems problems) {
        if (!Files.isDirectory(dir)) {
            throw new CannotRunException("there is no directory " + dir + "; give the workspace's with --workspace.");
        }
        Problems found = new Problems();
        Optional<Workspace> read =
                reader(dryRunVariables(), WorkspaceReader.Endpoints.OPTIONAL).read(dir, found);
        if (read.isEmpty()) {
            found.sorted().forEach(problems::add);
        }
        return read;
    }

    /// The same, problems printed as `check` prints them.
    static Optional<Workspace> forDryRun(Path dir, PrintWriter told) {
        Problems problems = new Problems();
        Optional<Workspace> read = forDryRun(dir, problems);
        problems.sorted().forEach(told::println);
        told.flush();
        return read;
    }

    static Variables dryRunVariables() {
        return new DryRunVariables(System.getenv());
    }
}
