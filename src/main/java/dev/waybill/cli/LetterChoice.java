package dev.waybill.cli;

import dev.waybill.api.Times;
import dev.waybill.config.Nearest;
import dev.waybill.deadletter.LetterFilter;
import dev.waybill.event.EventName;
import dev.waybill.json.JsonObject;
import dev.waybill.outcome.Reason;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// Which dead letters: the options that listing and replaying share.
final class LetterChoice {
    @Option(names = "--pipeline", paramLabel = "P", description = "Only those of this pipeline.")
    private @Nullable String pipeline;

    @Option(names = "--integration", paramLabel = "I", description = "Only those of this integration.")
    private @Nullable String integration;

    @Option(names = "--reason", paramLabel = "R", description = "Only those rejected for this reason.")
    private @Nullable String reason;

    @Option(names = "--event", paramLabel = "E", description = "Only events of this name.")
    private @Nullable String event;

    @Option(
            names = "--from",
            paramLabel = "T",
            description = "Rejected at or after: 2026-11-23T08:00:00Z, a date, or milliseconds of the epoch.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "T", description = "Rejected before.")
    private @Nullable String to;

    /// For reading the files.
    ///
    /// @throws CommandLine.ParameterException when an option is wrong
    LetterFilter filter(CommandLine line) {
        return new LetterFilter(
                pipeline,
                integration,
                reason(line),
                event == null ? null : EventName.normalise(event),
                time(line, "--from", from, 0),
                time(line, "--to", to, Long.MAX_VALUE));
    }

    private @Nullable Reason reason(CommandLine line) {
        String word = reason;
        if (word == null) {
            return null;
        }
        List<String> allowed = Arrays.stream(Reason.values()).map(Reason::code).toList();
        return Reason.of(word)
                .orElseThrow(() -> new CommandLine.ParameterException(
                        line,
                        "--reason is '%s'; allowed: %s.%s"
                                .formatted(word, String.join(", ", allowed), Nearest.hint(word, allowed))));
    }

    private static long time(CommandLine line, String name, @Nullable String text, long absent) {
        if (text == null) {
            return absent;
        }
        Long time = Times.parse(text);
        if (time == null) {
            throw new CommandLine.ParameterException(
                    line,
                    "%s is '%s'; allowed: a time such as 2026-11-23T08:00:00Z, a date such as 2026-11-23, or milliseconds"
                                    .formatted(name, text)
                            + " of the epoch");
        }
        return time;
    }

    /// For asking the server.
    JsonObject json() {
        JsonObject.Builder json = JsonObject.builder();
        put(json, "pipeline", pipeline);
        put(json, "integration", integration);
        put(json, "reason", reason);
        put(json, "event", event);
        put(json, "from", from);
        put(json, "to", to);
        return json.build();
    }

    private static void put(JsonObject.Builder json, String key, @Nullable String value) {
        if (value != null) {
            json.put(key, value);
        }
    }
}
