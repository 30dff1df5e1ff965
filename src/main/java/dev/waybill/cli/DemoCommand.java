package dev.waybill.cli;

import dev.waybill.data.DataDirectoryException;
import dev.waybill.demo.Demo;
import dev.waybill.demo.DemoSites;
import dev.waybill.demo.DemoWorkspace;
import dev.waybill.demo.OutcomeFeed;
import dev.waybill.demo.SampleTraffic;
import dev.waybill.sandbox.AllowedOrigins;
import dev.waybill.sandbox.Sandbox;
import dev.waybill.sandbox.SandboxOptions;
import dev.waybill.server.Waybill;
import dev.waybill.workspace.BrokenWorkspaceException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `waybill demo`: the main job with nothing to configure, until SIGTERM or SIGINT.
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Runs collector, log, a Kargo lane and the sandbox in one process, with a small shop and sample traffic.")
public final class DemoCommand implements Callable<Integer> {
    private static final String HOST = "127.0.0.1";
    private static final int KEPT_REQUESTS = 5_000;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Where the shop and the collector listen; 0 takes any free port. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Keeps events and outcomes there. Without it they go to a temporary directory that is removed.")
    private @Nullable Path data;

    /// For the build's training run, from which the JVM learns to start faster.
    @Option(names = "--stop-after", paramLabel = "SECONDS", hidden = true)
    private @Nullable Integer stopAfter;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException, BrokenWorkspaceException {
        if (port < 0 || port > 65_535) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--port is " + port + "; give one from 0 to 65535");
        }
        boolean temporary = data == null;
        Path home = data == null ? Files.createTempDirectory("waybill-demo") : Files.createDirectories(data);
        OutcomeFeed feed = new OutcomeFeed(this::print);
        try (StopSignal stop = StopSignal.listen();
                Sandbox sandbox = sandbox()) {
            DemoSites sites = new DemoSites(port, sandbox.url());
            List<String> stale = DemoWorkspace.write(home.resolve("workspace"), sites);
            try (Waybill waybill = start(home, sites, sandbox, feed)) {
                welcome(waybill, sites, home, stale);
                SampleTraffic traffic = traffic(waybill);
                if (stopAfter == null) {
                    stop.await();
                } else {
                    stop.await(Duration.ofSeconds(stopAfter));
                }
                traffic.close();
            }
        } finally {
            if (temporary) {
                remove(home);
            }
        }
        return CommandLine.ExitCode.OK;
    }

    /// Its pages' origins are known only when the shop's port is, and the shop needs the sandbox's address.
    private Sandbox sandbox() throws IOException {
        if (port == 0) {
            port = freePort();
        }
        List<String> origins = DemoSites.origins(port);
        // The port beside the shop's, so that a kept workspace finds the sandbox again.
        int beside = port < 65_535 && isFree(port + 1) ? port + 1 : 0;
        return Sandbox.start(HOST, beside, SandboxOptions.of(AllowedOrigins.of(origins), KEPT_REQUESTS));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.ofLiteral(HOST))) {
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private Waybill start(Path home, DemoSites sites, Sandbox sandbox, OutcomeFeed feed)
            throws BrokenWorkspaceException {
        try {
            return Waybill.start(
                    new Waybill.Options(home.resolve("workspace"), home.resolve("data"), HOST, port),
                    InstantSource.system(),
                    feed,
                    routing -> Demo.routing(routing, sites, sandbox, feed, DemoWorkspace.WRITE_KEY));
        } catch (DataDirectoryException | IOException inTheWay) {
            throw new CannotRunException(String.valueOf(inTheWay.getMessage()));
        }
    }

    private static SampleTraffic traffic(Waybill waybill) {
        return SampleTraffic.start(
                URI.create(waybill.url()),
                DemoWorkspace.WRITE_KEY,
                SampleTraffic.Pace.GENTLE,
                ThreadLocalRandom.current(),
                InstantSource.system());
    }

    private void welcome(Waybill waybill, DemoSites sites, Path home, List<String> stale) {
        PrintWriter out = spec.commandLine().getOut();
        out.println();
        out.println("  Shop and events    " + sites.shop() + "/ (or " + waybill.url() + "/)");
        out.println(
                "  Collector          POST " + waybill.url() + "/v1/track (write key " + DemoWorkspace.WRITE_KEY + ")");
        out.println("  Kargo stand-in     " + sites.sandbox() + "/received");
        out.println("  Its ID endpoint    " + sites.idUrl());
        out.println("  Console            " + waybill.apiUrl() + "/console/");
        out.println("  Ledger             " + waybill.apiUrl() + "/api/ledger");
        out.println("  Metrics            " + waybill.apiUrl() + "/metrics");
        out.println("  Admin token        " + waybill.adminToken());
        out.println("  Workspace          " + home.resolve("workspace"));
        for (String sentence : stale) {
            out.println("  Note               " + sentence);
        }
        out.println();
        out.println("Sample events, as they end (Ctrl-C stops the demo):");
        out.flush();
    }

    private synchronized void print(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }

    private static void remove(Path home) {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The temporary directory " + home + " could not be removed", e);
        }
    }
}
