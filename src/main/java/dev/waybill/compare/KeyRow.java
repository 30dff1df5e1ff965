package dev.waybill.compare;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One key of what is sent, or of what is told of it, that the other revision makes otherwise in some events of one
/// name. Events whose outcome changes are not among them.
///
/// @param event the event's normalised name, or its type
/// @param path in the line that `map` prints: `request.body.params.total`
public record KeyRow(String event, String path, Change change, long events, List<Example> examples) {
    public KeyRow {
        examples = List.copyOf(examples);
    }

    public enum Change {
        ADDED,
        REMOVED,
        CHANGED;

        /// The word in JSON.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// One event.
    ///
    /// @param messageId shortened
    /// @param before the value as JSON text, cut; null when the key is added
    /// @param after likewise; null when it is removed
    public record Example(
            String messageId,
            @Nullable String before,
            @Nullable String after) {}

    JsonObject json() {
        return JsonObject.builder()
                .put("event", event)
                .put("path", path)
                .put("change", change.text())
                .put("events", events)
                .put(
                        "examples",
                        new Json.Arr(examples.stream()
                                .<Json>map(example -> JsonObject.builder()
                                        .put("messageId", example.messageId())
                                        .put("before", example.before())
                                        .put("after", example.after())
                                        .build())
                                .toList()))
                .build();
    }
}
