package dev.waybill.cli;

import dev.waybill.config.Nearest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `waybill schema`: the JSON Schemas for editors, listed, printed or written.
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description = "Lists the JSON Schemas of the YAML files, for editors; prints one, or writes all.",
        footer = {"", "Exit status: 0 done, 2 there is no such schema, 3 can't write."})
public final class SchemaCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The schema to print to stdout.")
    private @Nullable String name;

    @Option(names = "--write", paramLabel = "DIR", description = "Write all into this directory, made when absent.")
    private @Nullable Path write;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (name != null && write != null) {
            throw wrongUse("'" + name + "' and --write exclude each other; --write writes all");
        }
        if (name != null) {
            out.print(find(name).text());
        } else if (write != null) {
            writeAll(write, out);
        } else {
            for (EditorSchema schema : EditorSchema.values()) {
                out.printf("%-12s %s%n", schema.word(), schema.files());
            }
        }
        out.flush();
        return 0;
    }

    private EditorSchema find(String word) {
        List<String> words =
                Arrays.stream(EditorSchema.values()).map(EditorSchema::word).toList();
        return Arrays.stream(EditorSchema.values())
                .filter(schema -> schema.word().equals(word))
                .findFirst()
                .orElseThrow(() -> wrongUse("there is no schema '" + word + "'; allowed: " + String.join(", ", words)
                        + "." + Nearest.hint(word, words)));
    }

    private static void writeAll(Path directory, PrintWriter out) throws IOException {
        Files.createDirectories(directory);
        for (EditorSchema schema : EditorSchema.values()) {
            Path file = directory.resolve(schema.fileName());
            Files.write(file, schema.bytes());
            out.println(file);
        }
    }

    private CommandLine.ParameterException wrongUse(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }
}
