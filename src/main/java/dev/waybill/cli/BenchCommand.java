package dev.waybill.cli;

import dev.waybill.bench.Bench;
import java.io.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `waybill bench`.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures this machine: collect, map, deliver, end to end, isolation. Takes about 3 minutes.")
public final class BenchCommand implements Callable<Integer> {
    @Option(
            names = "--full",
            description =
                    "Also 60 s sustained, the console and a backlog of 5 million events (10 GB of disk, about 15 minutes).")
    private boolean full;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description =
                    "Where the data lies meanwhile, on the disk to measure; default: the system's temporary place.")
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

    @Override
    public Integer call() throws InterruptedException {
        if (!Files.isWritable(directory)) {
            throw new CannotRunException(directory + " can't be written; give a --dir that can");
        }
        boolean watched =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        try {
            new Bench(full, System.out, System.err, watched).run(directory);
        } catch (IllegalStateException inTheWay) {
            throw new CannotRunException(String.valueOf(inTheWay.getMessage()));
        }
        return 0;
    }
}
