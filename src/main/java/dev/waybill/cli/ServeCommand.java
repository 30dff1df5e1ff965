package dev.waybill.cli;

import dev.waybill.data.DataDirectoryException;
import dev.waybill.lane.LaneTap;
import dev.waybill.server.Waybill;
import dev.waybill.workspace.BrokenWorkspaceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `waybill serve`: the real thing, until SIGTERM or SIGINT.
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Accepts events, keeps them safe and delivers them as the workspace says.")
public final class ServeCommand implements Callable<Integer> {
    @Option(names = "--workspace", paramLabel = "DIR", required = true, description = "The workspace's directory.")
    private Path workspace = Path.of(".");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Where events and outcomes are kept; made when absent. Default: ${DEFAULT-VALUE}.")
    private Path data = Path.of("data");

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Where to listen; 0 takes any free port. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The address to listen on; 0.0.0.0 for all. Default: ${DEFAULT-VALUE}.")
    private String host = "127.0.0.1";

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "How log lines look: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private LogSetup.Format logFormat = LogSetup.Format.text;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (port < 0 || port > 65_535) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--port is " + port + "; give one from 0 to 65535");
        }
        logFormat.use();
        try (StopSignal stop = StopSignal.listen();
                Waybill waybill = start()) {
            spec.commandLine().getOut().println("Waybill accepts events on " + waybill.url());
            spec.commandLine().getOut().println("Console: " + waybill.apiUrl() + "/console/");
            spec.commandLine().getOut().println("Admin token: " + data.resolve("admin-token"));
            spec.commandLine().getOut().flush();
            stop.await();
        } catch (BrokenWorkspaceException broken) {
            if (!Files.isDirectory(workspace)) {
                throw new CannotRunException(
                        "there is no directory " + workspace + "; name a workspace with --workspace");
            }
            broken.problems().forEach(problem -> spec.commandLine().getErr().println(problem));
            spec.commandLine().getErr().println("waybill: the workspace " + workspace + " can't be used; see above.");
            return CommandLine.ExitCode.SOFTWARE;
        }
        return CommandLine.ExitCode.OK;
    }

    private Waybill start() throws BrokenWorkspaceException {
        try {
            return Waybill.start(
                    new Waybill.Options(workspace, data, host, port),
                    InstantSource.system(),
                    LaneTap.NONE,
                    routing -> {});
        } catch (DataDirectoryException | IOException inTheWay) {
            throw new CannotRunException(String.valueOf(inTheWay.getMessage()));
        }
    }
}
