package dev.waybill.json;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One JSON value. Immutable.
public sealed interface Json permits Json.Str, Json.Num, Json.Bool, Json.Null, Json.Arr, JsonObject {
    /// A string. It may hold a lone surrogate, as the input did; [JsonText] writes U+FFFD for one.
    record Str(String value) implements Json {}

    /// A number, kept as the literal it was written with: never rounded, never reformatted.
    record Num(String literal) implements Json {
        public Num(long value) {
            this(Long.toString(value));
        }
    }

    enum Bool implements Json {
        TRUE,
        FALSE
    }

    enum Null implements Json {
        INSTANCE
    }

    record Arr(List<Json> items) implements Json {
        public Arr {
            items = List.copyOf(items);
        }
    }

    static Json of(boolean value) {
        return value ? Bool.TRUE : Bool.FALSE;
    }

    static Json of(@Nullable String value) {
        return value == null ? Null.INSTANCE : new Str(value);
    }

    static Json of(long value) {
        return new Num(value);
    }

    /// The word a person would use for this kind of value, for error texts: `string`, `number`, `boolean`, `null`,
    /// `array`, `object`.
    default String kind() {
        return switch (this) {
            case Str _ -> "string";
            case Num _ -> "number";
            case Bool _ -> "boolean";
            case Null _ -> "null";
            case Arr _ -> "array";
            case JsonObject _ -> "object";
        };
    }

    /// The string's value, or null when this is no string.
    default @Nullable String asText() {
        return this instanceof Str(String value) ? value : null;
    }
}
