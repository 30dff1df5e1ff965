package dev.waybill.cli;

import dev.waybill.sandbox.AllowedOrigins;
import dev.waybill.sandbox.Sandbox;
import dev.waybill.sandbox.SandboxOptions;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `waybill sandbox`: the Kargo stand-in alone, until SIGTERM or SIGINT.
@Command(
        name = "sandbox",
        mixinStandardHelpOptions = true,
        description = "Runs the Kargo stand-in alone: it enforces the documented rules and misbehaves on demand.")
public final class SandboxCommand implements Callable<Integer> {
    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "9090",
            description = "Where to listen; 0 takes any free port. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The address to listen on. Default: ${DEFAULT-VALUE}.")
    private String host = "127.0.0.1";

    @Option(
            names = "--origin",
            paramLabel = "URL",
            description = "A site whose pages may read /id with cookies, such as https://www.example.com; repeatable.")
    private List<String> origins = List.of();

    @Option(
            names = "--keep",
            paramLabel = "N",
            defaultValue = "" + SandboxOptions.DEFAULT_KEEP,
            description = "How many answered requests to keep. Default: ${DEFAULT-VALUE}.")
    private int keep;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        SandboxOptions options = options();
        // Closed in reverse: first the sandbox, then the process may end.
        try (StopSignal stop = StopSignal.listen();
                Sandbox sandbox = start(options)) {
            print(sandbox.url().toString());
            stop.await();
        }
        return 0;
    }

    private SandboxOptions options() {
        if (port < 0 || port > 65_535) {
            throw wrongUse("--port is " + port + "; give one from 0 to 65535");
        }
        try {
            return SandboxOptions.of(AllowedOrigins.of(origins), keep);
        } catch (IllegalArgumentException odd) {
            throw wrongUse(String.valueOf(odd.getMessage()));
        }
    }

    private CommandLine.ParameterException wrongUse(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    private Sandbox start(SandboxOptions options) {
        try {
            return Sandbox.start(host, port, options);
        } catch (RuntimeException inTheWay) {
            throw new CannotRunException("Can't listen on %s:%d (%s); stop what holds it or choose another with --port."
                    .formatted(host, port, rootMessage(inTheWay)));
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    private void print(String url) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("Events      POST " + url + "/events");
        out.println("Identity    GET  " + url + "/id");
        out.println("Received    GET  " + url + "/received");
        out.println("Faults      PUT  " + url + "/faults");
        out.flush();
    }
}
