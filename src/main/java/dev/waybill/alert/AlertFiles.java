package dev.waybill.alert;

import dev.waybill.attention.Kind;
import dev.waybill.data.DurableFile;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/// `alerts.json` and `alerts-state.json` in the data directory, readable for their owner only. One thread at a time.
final class AlertFiles {
    private static final Logger LOG = LoggerFactory.getLogger(AlertFiles.class);

    private final Path settings;
    private final Path state;

    AlertFiles(Path data) {
        this.settings = data.resolve("alerts.json");
        this.state = data.resolve("alerts-state.json");
    }

    /// What stands in the file; nobody is told of anything while it can't be read.
    AlertSettings settings() {
        return read(settings)
                .map(json -> new AlertSettings(
                        json.text("url"),
                        json.text("secret"),
                        json.get("enabled") != Json.Bool.FALSE,
                        json.get("kinds") instanceof Json.Arr(List<Json> kinds)
                                ? kinds(kinds)
                                : AlertSettings.usualKinds()))
                .orElse(AlertSettings.NONE);
    }

    private static Set<Kind> kinds(List<Json> words) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (Json word : words) {
            String code = word.asText();
            if (code != null) {
                Kind.of(code).ifPresent(kinds::add);
            }
        }
        return kinds;
    }

    void write(AlertSettings next) throws IOException {
        DurableFile.write(
                settings,
                JsonText.bytes(JsonObject.builder()
                        .put("url", next.url())
                        .put("secret", next.secret())
                        .put("enabled", next.enabled())
                        .put("kinds", words(next.kinds()))
                        .build()));
    }

    static Json.Arr words(Set<Kind> kinds) {
        return new Json.Arr(
                kinds.stream().sorted().<Json>map(kind -> Json.of(kind.code())).toList());
    }

    Optional<JsonObject> state() {
        return read(state);
    }

    void write(JsonObject book) throws IOException {
        DurableFile.write(state, JsonText.bytes(book));
    }

    private static Optional<JsonObject> read(Path file) {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            if (JsonText.read(Files.readAllBytes(file)) instanceof JsonObject json) {
                return Optional.of(json);
            }
            LOG.error("{} holds no JSON object; it is passed over. Set the alerts anew.", file);
        } catch (IOException | JacksonException e) {
            // The content may be a secret, so nothing of it is told.
            LOG.error(
                    "{} can't be read ({}); set the alerts anew.",
                    file,
                    e.getClass().getSimpleName());
        }
        return Optional.empty();
    }
}
