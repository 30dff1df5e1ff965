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
/// integers where they are whole and fit, else doubles. Every look is paid for ([Effort]): equality, `in` and joined
/// lists all come through here, item by item.
final class EventFields extends AbstractMap<String, Object> {
    /// A whole number of so many characters fits into a long.
    private static final int SURELY_LONG = 18;

    private static final int LONGEST_LONG = 20;

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
        boolean there = key instanceof String name && object.get(name) != null;
        Effort.pay(there ? Effort.VALUE : Effort.MISSING);
        return there;
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
        Effort.pay(Effort.VALUE);
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
        if (isWhole(literal)) {
            if (literal.length() <= SURELY_LONG) {
                return Long.valueOf(literal);
            }
            // What is longer than a long ever is need not be tried, for hostile literals have many digits.
            if (literal.length() <= LONGEST_LONG) {
                Effort.pay(Effort.MISSING);
                try {
                    return Long.valueOf(literal);
                } catch (NumberFormatException e) {
                    // it doesn't fit
                }
            }
        }
        // The JDK reads some 1,100 digits exactly, which takes 0.1 ms, and passes over the rest.
        Effort.pay(Effort.VALUE * Math.min(literal.length(), 1_100));
        return Double.valueOf(literal);
    }

    private static boolean isWhole(String literal) {
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            if (c != '-' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
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
