package dev.waybill.transform;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;

/// Words for values of a kind that a transform can't take. They never hold the value.
final class Found {
    private Found() {}

    /// `found an object; a text belongs here`.
    static String instead(Json value, String wanted) {
        return "found " + kind(value) + "; " + wanted + " belongs here";
    }

    static String kind(Json value) {
        return switch (value) {
            case Json.Str _ -> "a text";
            case Json.Num _ -> "a number";
            case Json.Bool _ -> "a boolean";
            case Json.Null _ -> "null";
            case Json.Arr _ -> "an array";
            case JsonObject _ -> "an object";
        };
    }
}
