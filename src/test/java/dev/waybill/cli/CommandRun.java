package dev.waybill.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import picocli.CommandLine;

/// Runs one command in this process, and keeps what it printed.
final class CommandRun {
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    /// Runs it with those options first, then these; what was printed before is forgotten.
    ///
    /// @return the exit status
    int of(Object command, Stream<String> first, String... then) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((failure, line, _) -> {
                    line.getErr().println(failure.getMessage());
                    return failure instanceof CannotRunException ? 3 : 70;
                })
                .execute(Stream.concat(first, Stream.of(then)).toArray(String[]::new));
    }
}
