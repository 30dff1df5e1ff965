package dev.waybill.cli;

import dev.waybill.api.LetterJson;
import dev.waybill.api.Times;
import dev.waybill.deadletter.DeadLetter;
import dev.waybill.deadletter.DeadLetters;
import dev.waybill.deadletter.Letter;
import dev.waybill.deadletter.LetterFilter;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.json.PlainText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `waybill dead-letters`: what was rejected, why, and sending it again. Listing and showing read the files, with or
/// without a server; replaying asks the server.
@Command(
        name = "dead-letters",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(list | show | replay)",
        description = "Shows events that were rejected, and sends them again.")
public final class DeadLettersCommand implements Runnable {
    private static final int PAGE = 100;
    private static final int LONGEST_EVENT = 28;
    private static final int LONGEST_TEXT = 120;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say what to do: list, show or replay");
    }

    private CommandLine subcommand(String name) {
        CommandLine line = spec.subcommands().get(name);
        return line == null ? spec.commandLine() : line;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists them, the newest first.")
    int list(
            @Option(names = "--data", paramLabel = "DIR", required = true, description = "The data directory.")
                    Path data,
            @Mixin LetterChoice choice,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "100",
                            description = "At most so many. Default: ${DEFAULT-VALUE}.")
                    int limit,
            @Option(names = "--json", description = "One JSON object a line.") boolean json)
            throws IOException {
        CommandLine line = subcommand("list");
        if (limit < 1) {
            throw new CommandLine.ParameterException(line, "--limit is %d; at least 1 is allowed".formatted(limit));
        }
        LetterFilter filter = choice.filter(line);
        PrintWriter out = line.getOut();
        try (DeadLetters letters = open(data)) {
            if (!json) {
                out.println(row("ID", "REJECTED AT", "EVENT", "REASON", "SENT", "REPLAYED", "DETAIL"));
            }
            OptionalLong before = OptionalLong.empty();
            int listed = 0;
            do {
                DeadLetters.Page page = letters.list(filter, Math.min(PAGE, limit - listed), before);
                page.letters()
                        .forEach(letter -> out.println(json ? JsonText.write(LetterJson.row(letter)) : row(letter)));
                listed += page.letters().size();
                before = page.before();
            } while (listed < limit && before.isPresent());
            out.flush();
            if (before.isPresent()) {
                line.getErr().println("waybill: there may be more; raise --limit or narrow the choice.");
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private static DeadLetters open(Path data) throws IOException {
        if (!Files.isDirectory(data)) {
            throw new CannotRunException(
                    "There is no directory %s; give a server's data directory with --data.".formatted(data));
        }
        return DeadLetters.readOnly(data.resolve("dead-letters"), damage -> System.err.println("waybill: " + damage));
    }

    private static String row(Letter letter) {
        DeadLetter dead = letter.letter();
        return row(
                dead.id(),
                Times.iso(dead.at()),
                PlainText.harmless(dead.event(), LONGEST_EVENT),
                dead.reason().code(),
                Integer.toString(dead.attempts()),
                letter.replays().isEmpty()
                        ? ""
                        : PlainText.harmless(letter.replays().getLast().outcome(), 40),
                PlainText.harmless(dead.detail(), LONGEST_TEXT));
    }

    private static String row(Object... cells) {
        return "%-28s  %-24s  %-28s  %-22s  %4s  %-10s  %s".formatted(cells).stripTrailing();
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows one whole.")
    int show(
            @Option(names = "--data", paramLabel = "DIR", required = true, description = "The data directory.")
                    Path data,
            @Parameters(paramLabel = "ID", description = "Such as web~kargo-main~123; list shows it.") String id,
            @Option(names = "--json", description = "One JSON object.") boolean json)
            throws IOException {
        CommandLine line = subcommand("show");
        try (DeadLetters letters = open(data)) {
            Optional<Letter> letter = letters.get(id);
            if (letter.isEmpty()) {
                line.getErr()
                        .println("waybill: there is no dead letter '%s'; dead-letters list shows those that are kept."
                                .formatted(PlainText.harmless(id, LONGEST_TEXT)));
                line.getErr().flush();
                return CommandLine.ExitCode.SOFTWARE;
            }
            JsonObject whole = LetterJson.whole(letter.get());
            if (json) {
                line.getOut().println(JsonText.write(whole));
            } else {
                whole.forEach(entry ->
                        line.getOut().println("%-12s  %s".formatted(entry.getKey(), text(entry.getValue()))));
            }
            line.getOut().flush();
        }
        return CommandLine.ExitCode.OK;
    }

    private static String text(Json value) {
        String text = value.asText();
        return PlainText.harmless(text == null ? JsonText.write(value) : text, Integer.MAX_VALUE);
    }

    @Command(
            name = "replay",
            mixinStandardHelpOptions = true,
            description = "Sends them again, by the revision that is pinned now. Needs a running server.")
    int replay(
            @Option(names = "--data", paramLabel = "DIR", required = true, description = "The server's data directory.")
                    Path data,
            @Parameters(arity = "0..*", paramLabel = "ID", description = "Which; or choose by the options.") @Nullable
                    List<String> ids,
            @Mixin LetterChoice choice,
            @Option(
                            names = "--include-delivered",
                            description = "Also those that an earlier replay delivered; they may count twice.")
                    boolean includeDelivered,
            @Option(names = "--dry-run", description = "Only say how many.") boolean dryRun)
            throws InterruptedException {
        CommandLine line = subcommand("replay");
        JsonObject.Builder request = choice.json().toBuilder().put("includeDelivered", includeDelivered);
        if (ids != null && !ids.isEmpty()) {
            request.put("ids", new Json.Arr(ids.stream().<Json>map(Json::of).toList()));
        }
        try (ServerClient server = ServerClient.of(line.getCommandSpec(), data, System.getenv())) {
            new ReplayWatch(server, line.getOut(), line.getErr(), Terminal.watched())
                    .run("/api/dead-letters/replay", request.build(), dryRun);
        }
        return CommandLine.ExitCode.OK;
    }
}
