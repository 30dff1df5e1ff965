package dev.waybill.expression;

import dev.cel.common.values.NullValue;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an expression gave, as JSON.
final class CelValues {
    /// Up to here a double's whole numbers are exact, and are written as such.
    private static final double EXACT = 1L << 53;

    private CelValues() {}

    /// The value as JSON, [Json.Null] for CEL's null; a Java null when it has no form in JSON: not a number, bytes, a
    /// type.
    static @Nullable Json json(Object value) {
        // A list literal may hold the same large text a thousand times: it is large only once it is written.
        Effort.pay(value instanceof String text ? text.length() : Effort.VALUE);
        return switch (value) {
            case String text -> new Json.Str(text);
            case Boolean bool -> Json.of(bool);
            case Long number -> new Json.Num(number);
            case Double number -> number(number);
            case NullValue _ -> Json.Null.INSTANCE;
            case List<?> list -> array(list);
            case Map<?, ?> map -> object(map);
            case java.time.Instant instant -> new Json.Str(instant.toString());
            case Number number -> new Json.Num(number.toString());
            default -> null;
        };
    }

    private static @Nullable Json number(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return null;
        }
        boolean whole = number == Math.rint(number) && Math.abs(number) <= EXACT;
        return new Json.Num(whole ? Long.toString((long) number) : new BigDecimal(Double.toString(number)).toString());
    }

    private static @Nullable Json array(List<?> list) {
        List<Json> items = new ArrayList<>(list.size());
        for (Object item : list) {
            Json json = json(item);
            if (json == null) {
                return null;
            }
            items.add(json);
        }
        return new Json.Arr(items);
    }

    private static @Nullable Json object(Map<?, ?> map) {
        JsonObject.Builder object = JsonObject.builder();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Json json = json(entry.getValue());
            if (json == null || !(entry.getKey() instanceof String key)) {
                return null;
            }
            object.put(key, json);
        }
        return object.build();
    }
}
