import com.google.javascript.jscomp.CommandLineRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A step of the build: checks the types of the browser's scripts and makes each entry one small file. Does nothing
/// when the files are newer than every source.
///
/// Usage: `java -cp closure-compiler.jar CompileScripts.java SOURCES OUTPUT`. Every file of SOURCES/entries.txt is one
/// line: the output's name, the entry's path, the parameter of the function that wraps it (or `-`).
final class CompileScripts {
    private static final List<String> CHECKS = List.of(
            "checkTypes", "missingProperties", "missingReturn", "undefinedVars", "visibility", "const",
            "unusedLocalVariables", "globalThis", "uselessCode", "invalidCasts", "accessControls");

    private record Entry(String output, String source, String parameter) {}

    public static void main(String[] arguments) throws IOException {
        Path sources = Path.of(arguments[0]);
        Path output = Path.of(arguments[1]);
        List<Path> all;
        try (Stream<Path> found = Files.walk(sources)) {
            all = found.filter(Files::isRegularFile).sorted().toList();
        }
        List<Entry> entries = Files.readAllLines(sources.resolve("entries.txt")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.trim().split("\\s+"))
                .map(words -> new Entry(words[0], words[1], words[2]))
                .toList();
        long newest = all.stream().mapToLong(CompileScripts::changed).max().orElse(0);
        Files.createDirectories(output);
        for (Entry entry : entries) {
            Path target = output.resolve(entry.output());
            if (!Files.exists(target) || changed(target) <= newest) {
                compile(sources, all, entry, target);
            }
        }
    }

    private static long changed(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void compile(Path sources, List<Path> all, Entry entry, Path target) throws IOException {
        Path entryFile = sources.resolve(entry.source());
        Path whole = target.resolveSibling(target.getFileName() + ".new");
        List<String> flags = new ArrayList<>(List.of(
                "--compilation_level=SIMPLE",
                "--language_in=ECMASCRIPT_2020",
                "--language_out=ECMASCRIPT_2019",
                "--assume_function_wrapper=true",
                "--dependency_mode=PRUNE",
                "--warning_level=VERBOSE",
                "--jscomp_off=reportUnknownTypes",
                "--charset=UTF-8",
                "--rewrite_polyfills=false",
                "--inject_libraries=false",
                "--externs=" + sources.resolve("externs.js"),
                "--entry_point=" + entryFile,
                "--js_output_file=" + whole,
                "--output_wrapper=" + wrapper(entry.parameter())));
        CHECKS.forEach(check -> flags.add("--jscomp_error=" + check));
        all.stream()
                .filter(file -> file.toString().endsWith(".js") && !file.endsWith("externs.js"))
                .forEach(file -> flags.add("--js=" + file));
        int status = new Run(flags).status();
        if (status != 0) {
            Files.deleteIfExists(whole);
            System.err.println(entryFile + ": the browser file was not made; see above.");
            System.exit(1);
        }
        Files.move(whole, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    /// A file with a parameter is a function that the server calls with it; any other calls itself.
    private static String wrapper(String parameter) {
        return parameter.equals("-") ? "(function(){%output%})();" : "(function(" + parameter + "){%output%})";
    }

    /// The compiler as its command line runs it, but for the end of the process.
    private static final class Run extends CommandLineRunner {
        private int status = -1;

        Run(List<String> flags) {
            super(flags.toArray(String[]::new));
            setExitCodeReceiver(code -> {
                status = code;
                return null;
            });
        }

        int status() {
            if (!shouldRunCompiler()) {
                return 2;
            }
            run();
            return status;
        }
    }
}
