package dev.waybill.playbook;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One top-level key of the body that a destination takes.
///
/// @param required whether an event without a value for it can't be sent
/// @param description what it is, for people, or null
public record Output(
        String key, Kind kind, boolean required, @Nullable String description) {
    private static final int LONGEST_NUMBER = 100;
    private static final int LONGEST_BOOLEAN = "false".length();
    private static final Pattern NUMBER_LITERAL = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

    public Output(String key, Kind kind, boolean required) {
        this(key, kind, required, null);
    }

    /// What a value must be.
    public enum Kind {
        /// A string; a number or a boolean becomes its JSON text.
        TEXT,
        /// An object, copied whole or built key by key.
        OBJECT,
        /// A number; a string that is one in JSON becomes it, digit for digit.
        NUMBER,
        /// `true` or `false`, also written as a string.
        BOOLEAN,
        /// A list.
        LIST,
        /// Whatever there is.
        ANY;

        /// The value as this kind has it, or null when it doesn't fit.
        public @Nullable Json fit(Json value) {
            return switch (this) {
                case TEXT -> text(value);
                case OBJECT -> value instanceof JsonObject ? value : null;
                case NUMBER ->
                    value instanceof Json.Str(String text) ? number(text) : value instanceof Json.Num ? value : null;
                case BOOLEAN ->
                    value instanceof Json.Str(String text) ? bool(text) : value instanceof Json.Bool ? value : null;
                case LIST -> value instanceof Json.Arr ? value : null;
                case ANY -> value instanceof Json.Null ? null : value;
            };
        }

        private static @Nullable Json text(Json value) {
            return switch (value) {
                case Json.Str _ -> value;
                case Json.Num(String literal) -> new Json.Str(literal);
                case Json.Bool bool -> new Json.Str(bool == Json.Bool.TRUE ? "true" : "false");
                default -> null;
            };
        }

        private static @Nullable Json number(String text) {
            String bare = text.strip();
            return bare.length() <= LONGEST_NUMBER
                            && NUMBER_LITERAL.matcher(bare).matches()
                    ? new Json.Num(bare)
                    : null;
        }

        private static @Nullable Json bool(String text) {
            String word = text.strip();
            // Lower case of a stranger's long text can take seconds.
            return switch (word.length() > LONGEST_BOOLEAN ? "" : word.toLowerCase(Locale.ROOT)) {
                case "true" -> Json.Bool.TRUE;
                case "false" -> Json.Bool.FALSE;
                default -> null;
            };
        }

        /// For sentences: `a text`, `an object`.
        public String words() {
            String word = name().toLowerCase(Locale.ROOT);
            return switch (this) {
                case OBJECT -> "an " + word;
                case ANY -> "a value";
                default -> "a " + word;
            };
        }
    }
}
