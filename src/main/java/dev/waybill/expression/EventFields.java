package dev.waybill.expression;

import dev.cel.common.values.NullValue;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A JSON object as CEL's map: a view that turns a value into CEL's only when it is asked for. Numbers are 64-bit
/// integers where they are whole and fit, else doubles.
final class EventFields extends AbstractMap<String, Object> {
    private final JsonObject object;

    EventFields(JsonObject object) {
        this.object = object;
    }

    JsonObject object() {
        return object;
    }

    @Override
    public @Nullable Object get(Object key) {
        Json value = key instanceof String name ? object.get(name) : null;
        return value == null ? null : value(value);
    }

    @Override
    public boolean containsKey(Object key) {
        return key instanceof String name && object.get(name) != null;
    }

    @Override
    public int size() {
        return object.size();
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        Map<String, Object> entries = new LinkedHashMap<>();
        for (int i = 0; i < object.size(); i++) {
            entries.put(object.name(i), value(object.value(i)));
        }
        return entries.entrySet();
    }

    private static Object value(Json value) {
        return switch (value) {
            case Json.Str(String text) -> text;
            case Json.Num(String literal) -> number(literal);
            case Json.Bool bool -> bool == Json.Bool.TRUE;
            case Json.Null _ -> NullValue.NULL_VALUE;
            case Json.Arr(List<Json> items) -> new Items(items);
            case JsonObject inner -> new EventFields(inner);
        };
    }

    private static Object number(String literal) {
        // A long has at most 19 digits; what is longer need not be tried, for hostile literals have many.
        if (literal.length() <= 20) {
            try {
                return Long.valueOf(literal);
            } catch (NumberFormatException e) {
                // no whole number, or one that doesn't fit
            }
        }
        return Double.valueOf(literal);
    }

    private static final class Items extends AbstractList<Object> {
        private final List<Json> items;

        private Items(List<Json> items) {
            this.items = items;
        }

        @Override
        public Object get(int index) {
            return value(items.get(index));
        }

        @Override
        public int size() {
            return items.size();
        }
    }
}
