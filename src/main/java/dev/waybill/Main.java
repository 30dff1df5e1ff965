package dev.waybill;

import dev.waybill.cli.BenchCommand;
import dev.waybill.cli.CannotRunException;
import dev.waybill.cli.CaptureCommand;
import dev.waybill.cli.CheckCommand;
import dev.waybill.cli.CompareCommand;
import dev.waybill.cli.DeadLettersCommand;
import dev.waybill.cli.DemoCommand;
import dev.waybill.cli.DiffCommand;
import dev.waybill.cli.MapCommand;
import dev.waybill.cli.ReplayCommand;
import dev.waybill.cli.SandboxCommand;
import dev.waybill.cli.SchemaCommand;
import dev.waybill.cli.ServeCommand;
import dev.waybill.cli.SuppressCommand;
import dev.waybill.cli.SyncCheckCommand;
import dev.waybill.cli.TestCommand;
import dev.waybill.cli.UserCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command line: `waybill VERB [options]`. Exit status: 0 done, 1 the answer is no, 2 wrong use, 3 can't run.
@Command(
        name = "waybill",
        description = "Takes web events in the Segment format, keeps them safe, maps and delivers them to Kargo.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "VERB",
        commandListHeading = "%nVerbs:%n",
        footer = {"", "Exit status: 0 done, 1 the answer is no, 2 wrong use, 3 can't run."})
public final class Main {
    private static final int CANNOT_RUN = 3;

    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        verbs().forEach(line::addSubcommand);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, _, _) -> {
            if (failure instanceof CannotRunException) {
                System.err.println("waybill: " + failure.getMessage());
                return CANNOT_RUN;
            }
            if (failure instanceof IOException || failure instanceof UncheckedIOException) {
                System.err.println("waybill: " + failure.getClass().getSimpleName() + ": " + failure.getMessage()
                        + "; check the path and its rights");
                return CANNOT_RUN;
            }
            throw failure;
        });
        return line;
    }

    private static List<Object> verbs() {
        return List.of(
                new DemoCommand(),
                new ServeCommand(),
                new SandboxCommand(),
                new CheckCommand(),
                new MapCommand(),
                new TestCommand(),
                new CaptureCommand(),
                new DiffCommand(),
                new CompareCommand(),
                new DeadLettersCommand(),
                new ReplayCommand(),
                new SyncCheckCommand(),
                new SuppressCommand(),
                new UserCommand(),
                new SchemaCommand(),
                new BenchCommand());
    }

    /// The version of the jar that runs.
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            @Nullable String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"waybill " + (version == null ? "(not packaged)" : version)};
        }
    }
}
