package dev.waybill.cli;

import dev.waybill.json.JsonObject;
import dev.waybill.json.PlainText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `waybill suppress`: no event of these people is sent from now on, waiting and dead ones included.
@Command(
        name = "suppress",
        mixinStandardHelpOptions = true,
        description = "Keeps every event of a person from being sent from now on, those that wait and dead letters"
                + " included. It can't be undone. Needs a running server.")
public final class SuppressCommand implements Callable<Integer> {
    private static final int SHOWN = 8;
    /// As long as the API takes it, in characters.
    private static final int LONGEST = 1000;

    private static final int PROGRESS = 100;

    /// The option's word, and the API's key.
    private enum Kind {
        USER_ID("userId"),
        ANONYMOUS_ID("anonymousId"),
        PUID("puid");

        private final String key;

        Kind(String key) {
            this.key = key;
        }

        private String option() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /// `user-id` as well as `userId`.
        static @Nullable Kind of(String word) {
            for (Kind kind : values()) {
                if (word.equals(kind.option()) || word.equals(kind.key)) {
                    return kind;
                }
            }
            return null;
        }
    }

    private record Identifier(Kind kind, String value) {}

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "The server's data directory.")
    private Path data = Path.of("data");

    @Option(names = "--user-id", paramLabel = "X", description = "A userId; repeatable.")
    private List<String> userIds = List.of();

    @Option(names = "--anonymous-id", paramLabel = "X", description = "An anonymousId; repeatable.")
    private List<String> anonymousIds = List.of();

    @Option(names = "--puid", paramLabel = "X", description = "The destination's identifier; repeatable.")
    private List<String> puids = List.of();

    @Option(names = "--from", paramLabel = "FILE", description = "A file with one identifier a line, of the --kind.")
    private @Nullable Path file;

    @Option(names = "--kind", paramLabel = "K", description = "What --from holds: user-id, anonymous-id or puid.")
    private @Nullable String kind;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        List<Identifier> people = named();
        try (ServerClient server = ServerClient.of(spec, data, System.getenv())) {
            int done = 0;
            for (Identifier one : people) {
                suppress(server, one, done);
                done++;
                progress(done, people.size());
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(told(people)
                + ": no event with it is sent from now on, those that wait and dead letters included. What was"
                + " already sent is for the destination to delete.");
        out.flush();
        return 0;
    }

    private List<Identifier> named() {
        List<Identifier> people = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        add(people, problems, Kind.USER_ID, userIds);
        add(people, problems, Kind.ANONYMOUS_ID, anonymousIds);
        add(people, problems, Kind.PUID, puids);
        Kind ofFile = kind == null ? null : Kind.of(kind);
        if (kind != null && ofFile == null) {
            problems.add("--kind is '" + kind + "'; allowed: user-id, anonymous-id, puid");
        }
        if ((file == null) != (kind == null)) {
            problems.add("--from and --kind go together");
        }
        if (file != null && ofFile != null) {
            lines(people, problems, ofFile, file);
        }
        if (people.isEmpty() && problems.isEmpty()) {
            problems.add("say whom: --user-id, --anonymous-id, --puid, or --from FILE with --kind");
        }
        if (!problems.isEmpty()) {
            throw new ParameterException(spec.commandLine(), String.join("; ", problems));
        }
        return people;
    }

    private static void add(List<Identifier> people, List<String> problems, Kind kind, List<String> values) {
        for (String value : values) {
            if (isOdd(value)) {
                problems.add("--" + kind.option() + " takes 1 to " + LONGEST + " characters");
            } else {
                people.add(new Identifier(kind, value));
            }
        }
    }

    private static boolean isOdd(String value) {
        return value.isBlank() || value.length() > LONGEST;
    }

    /// Empty lines are passed over, and the space around an identifier.
    private static void lines(List<Identifier> people, List<String> problems, Kind kind, Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CannotRunException("There is no file " + file + "; name one with --from.");
        }
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                String value = line.strip();
                if (value.length() > LONGEST) {
                    problems.add(file + ":" + number + ": " + value.length() + " characters; at most " + LONGEST
                            + " are allowed");
                } else if (!value.isEmpty()) {
                    people.add(new Identifier(kind, value));
                }
            }
        } catch (CharacterCodingException e) {
            problems.add(file + " is not UTF-8");
        } catch (IOException e) {
            throw new CannotRunException("Can't read " + file + " (" + e.getMessage() + "); check its rights.");
        }
        if (people.isEmpty() && problems.isEmpty()) {
            problems.add(file + " names nobody");
        }
    }

    private static void suppress(ServerClient server, Identifier one, int done) {
        try {
            server.post(
                    "/api/suppress",
                    JsonObject.builder().put(one.kind().key, one.value()).build());
        } catch (CannotRunException e) {
            throw done == 0
                    ? e
                    : new CannotRunException("%s %,d were suppressed before; run it again, repeating does no harm."
                            .formatted(e.getMessage(), done));
        }
    }

    private void progress(int done, int all) {
        if (Terminal.watched() && all >= PROGRESS && (done % PROGRESS == 0 || done == all)) {
            PrintWriter err = spec.commandLine().getErr();
            err.print("\r%,d of %,d%s".formatted(done, all, done == all ? "\n" : ""));
            err.flush();
        }
    }

    /// Identifiers are shortened wherever they might be kept.
    private static String told(List<Identifier> people) {
        if (people.size() > 1) {
            return "Suppressed %,d identifiers".formatted(people.size());
        }
        Identifier one = people.getFirst();
        return "Suppressed the " + one.kind().key + " " + PlainText.harmless(one.value(), SHOWN);
    }
}
