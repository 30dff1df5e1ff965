package dev.waybill.onboard;

import dev.waybill.data.DurableFile;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;

/// Which integrations the destination's people have confirmed: one small file of the data directory, a JSON object by
/// integration name. Safe for threads.
public final class Confirmations {
    private final Path file;
    private volatile Map<String, Confirmation> all;

    private Confirmations(Path file, Map<String, Confirmation> all) {
        this.file = file;
        this.all = all;
    }

    /// Reads the file, if there is one.
    ///
    /// @param report told of what can't be read, one line for people; it then counts as not confirmed
    /// @throws IOException when the file is there and can't be read at all
    public static Confirmations open(Path file, Consumer<String> report) throws IOException {
        Map<String, Confirmation> all = new TreeMap<>();
        try {
            if (JsonText.read(Files.readAllBytes(file)) instanceof JsonObject object) {
                object.forEach(entry -> read(entry.getValue())
                        .ifPresentOrElse(
                                confirmation -> all.put(entry.getKey(), confirmation),
                                () -> report.accept("%s: what it says of %s is no confirmation; it counts as none"
                                        .formatted(file, entry.getKey()))));
            } else {
                report.accept(file + " holds no JSON object; no integration counts as confirmed");
            }
        } catch (NoSuchFileException none) {
            // Nothing was confirmed yet.
        } catch (JacksonException broken) {
            report.accept("%s can't be read (%s); no integration counts as confirmed"
                    .formatted(file, JsonText.problem(broken)));
        }
        return new Confirmations(file, Map.copyOf(all));
    }

    /// The word about an integration, if there is one.
    public Optional<Confirmation> of(String integration) {
        return Optional.ofNullable(all.get(integration));
    }

    /// Keeps a word in place of an earlier one; returns when that is durable.
    ///
    /// @param first told of the earlier one before anything is written; what it throws leaves all as it was
    public synchronized void keep(String integration, Confirmation confirmation, Consumer<Optional<Confirmation>> first)
            throws IOException {
        first.accept(of(integration));
        Map<String, Confirmation> changed = new TreeMap<>(all);
        changed.put(integration, confirmation);
        JsonObject.Builder written = JsonObject.builder();
        changed.forEach((name, one) -> written.put(name, json(one)));
        DurableFile.write(file, JsonText.bytes(written.build()));
        all = Map.copyOf(changed);
    }

    /// As the API shows it and the file keeps it.
    public static JsonObject json(Confirmation confirmation) {
        return JsonObject.builder()
                .put("by", confirmation.by())
                .put("date", confirmation.date().toString())
                .put("note", confirmation.note())
                .put("keptBy", confirmation.keptBy())
                .build();
    }

    private static Optional<Confirmation> read(Json value) {
        if (!(value instanceof JsonObject object)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Confirmation(
                    text(object, "by"),
                    LocalDate.parse(text(object, "date")),
                    text(object, "note"),
                    text(object, "keptBy")));
        } catch (DateTimeParseException odd) {
            return Optional.empty();
        }
    }

    private static String text(JsonObject object, String key) {
        Json value = object.get(key);
        String text = value == null ? null : value.asText();
        return text == null ? "" : text;
    }
}
