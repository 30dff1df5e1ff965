package dev.waybill.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A process that the launcher started, with its output in two files. Nothing started survives the tests.
public class Started implements AutoCloseable {
    private static final Path ROOT =
            Path.of(System.getProperty("waybill.root", "")).toAbsolutePath();
    private static final Queue<Started> RUNNING = new ConcurrentLinkedQueue<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Started::kill)));
    }

    private final Process process;
    private final String name;
    private final Path out;
    private final Path err;

    Started(Path directory, String name, List<String> arguments) {
        this(directory, name, List.of(), arguments);
    }

    /// @param within the command that runs the launcher, such as `setpriv` with its options; empty for none
    Started(Path directory, String name, List<String> within, List<String> arguments) {
        this(directory, name, within, Path.of("/dev/null"), arguments);
    }

    /// One that reads a file on stdin.
    static Started reading(Path directory, String name, Path in, List<String> arguments) {
        return new Started(directory, name, List.of(), in, arguments);
    }

    private Started(Path directory, String name, List<String> within, Path in, List<String> arguments) {
        this.name = name;
        out = directory.resolve(name + ".out");
        err = directory.resolve(name + ".err");
        List<String> command = new ArrayList<>(within);
        command.add(ROOT.resolve("waybill").toString());
        command.addAll(arguments);
        try {
            Files.createDirectories(directory);
            process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.from(in.toFile()))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()))
                    .redirectError(ProcessBuilder.Redirect.appendTo(err.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        RUNNING.add(this);
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /// SIGTERM.
    void terminate() {
        process.destroy();
    }

    /// SIGKILL; returns when the process is gone.
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits for the end and says its status.
    int exit(int seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new AssertionError(name + " still ran after " + seconds + " s\n" + logs());
        }
        return process.exitValue();
    }

    String out() {
        return read(out);
    }

    String err() {
        return read(err);
    }

    /// The end of both outputs, for a failure's message.
    public String logs() {
        return "---- %s, stdout%n%s%n---- %s, stderr%n%s".formatted(name, end(out()), name, end(err()));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String end(String text) {
        List<String> lines = text.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    }

    /// A port that was free a moment ago.
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        RUNNING.remove(this);
        kill();
    }

    /// Prints the logs of what still runs when a test fails.
    public static final class Logs implements AfterTestExecutionCallback {
        @Override
        public void afterTestExecution(ExtensionContext context) {
            if (context.getExecutionException().isPresent()) {
                System.err.println("==== " + context.getDisplayName() + " failed; the logs end with:");
                RUNNING.forEach(each -> System.err.println(each.logs()));
            }
        }
    }
}
