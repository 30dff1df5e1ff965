package dev.waybill.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Measures this machine and prints a table: three minutes, or with `full` a quarter of an hour.
public final class Bench {
    private final boolean full;
    private final PrintStream out;
    private final Progress progress;

    /// Makes one that has not started.
    ///
    /// @param out gets the table
    /// @param err gets progress, when somebody watches, and troubles
    /// @param watched whether `err` is a terminal
    public Bench(boolean full, PrintStream out, PrintStream err, boolean watched) {
        this.full = full;
        this.out = out;
        this.progress = new Progress(err, watched);
    }

    /// Runs all of it, with the data in a new directory under the given one that is deleted afterwards.
    ///
    /// @throws IllegalStateException when the directory can't be written or a server doesn't start
    public void run(Path parent) throws InterruptedException {
        try {
            Path directory = Files.createTempDirectory(parent, "waybill-bench-");
            Thread cleaner = new Thread(() -> delete(directory));
            Runtime.getRuntime().addShutdownHook(cleaner);
            try {
                print(measure(directory));
            } finally {
                delete(directory);
                Runtime.getRuntime().removeShutdownHook(cleaner);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalStateException("the bench could not go on: " + e.getMessage(), e);
        }
    }

    private List<Figure> measure(Path directory) throws IOException, InterruptedException {
        String kind = Files.getFileStore(directory).type();
        if (kind.equals("tmpfs")) {
            progress.trouble("%s is in memory, where fsync costs nothing: give a --dir on a disk".formatted(directory));
        }
        List<Figure> figures = new ArrayList<>(new CollectBench(progress).run(directory));
        delete(directory.resolve("collect"));
        figures.addAll(new MappingBench(progress).run(directory));
        Duration sustained = full ? Duration.ofSeconds(60) : Duration.ofSeconds(5);
        figures.addAll(new EndToEndBench(progress, sustained).run(directory));
        delete(directory.resolve("end-to-end"));
        figures.addAll(new IsolationBench(progress).run(directory));
        if (full) {
            figures.addAll(new ConsoleBench(progress).run(directory));
            delete(directory.resolve("console"));
            figures.addAll(new BacklogBench(progress).run(directory));
        }
        return figures;
    }

    private void print(List<Figure> figures) {
        out.printf(
                "%d cores shared with generator and sink, %s, Java %s; an Order Completed of %,d bytes%n%n",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Runtime.version().feature(),
                OrderCompleted.JSON.length());
        out.println(Figure.heading());
        figures.forEach(figure -> out.println(figure.line()));
    }

    private static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
