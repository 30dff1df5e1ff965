package dev.waybill.kit;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.outcome.Notice;
import dev.waybill.outcome.NoticeCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The limits of one object output: its number of keys, their length, and the length of each value, a string's own or
/// any other value's compact JSON. Only the object's top level counts. Immutable.
///
/// @param output the object's key, such as `params`; null when no object is limited
/// @param identityKey the key that is never dropped and never cut, or null
record ObjectLimits(
        @Nullable String output,
        int keys,
        int keyLength,
        int valueLength,
        @Nullable String identityKey,
        LengthUnit unit) {
    private static final int SHOWN = 60;
    private static final int LISTED = 50;

    /// Whether nothing is to be changed.
    boolean holds(JsonObject object) {
        if (object.size() > keys) {
            return false;
        }
        for (int i = 0; i < object.size(); i++) {
            if (!unit.fits(object.name(i), keyLength) || !fits(object.value(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean fits(Json value) {
        return value instanceof Json.Str(String text)
                ? unit.fits(text, valueLength)
                : unit.jsonLength(value) <= valueLength;
    }

    /// The object made to fit: long keys dropped, long strings cut, other long values dropped, then, from the last one
    /// back, copied keys beyond the number allowed, and assigned ones only when nothing else is left to drop.
    JsonObject trimmed(JsonObject object, Set<String> assigned, List<Notice> notices) {
        List<String> names = new ArrayList<>();
        List<Json> values = new ArrayList<>();
        for (int i = 0; i < object.size(); i++) {
            String name = object.name(i);
            Json value = object.value(i);
            if (!unit.fits(name, keyLength)) {
                notices.add(notice(NoticeCode.KEY_DROPPED_TOO_LONG, name, over(unit.length(name), keyLength)));
            } else if (fits(value)) {
                names.add(name);
                values.add(value);
            } else if (value instanceof Json.Str(String text)) {
                String detail = unit.length(text) + " " + unit.plural() + " cut to " + valueLength;
                notices.add(notice(NoticeCode.VALUE_TRUNCATED, name, detail));
                names.add(name);
                values.add(new Json.Str(unit.cut(text, valueLength)));
            } else {
                notices.add(notice(NoticeCode.VALUE_DROPPED_TOO_LONG, name, over(unit.jsonLength(value), valueLength)));
            }
        }
        dropOverBudget(names, values, assigned, notices);
        JsonObject.Builder kept = JsonObject.builder();
        for (int i = 0; i < names.size(); i++) {
            kept.put(names.get(i), values.get(i));
        }
        return kept.build();
    }

    private void dropOverBudget(List<String> names, List<Json> values, Set<String> assigned, List<Notice> notices) {
        int found = names.size();
        String detail = found + " keys, " + keys + " allowed";
        for (boolean assignedToo : new boolean[] {false, true}) {
            int excess = names.size() - keys;
            if (excess <= 0) {
                return;
            }
            List<String> keptNames = new ArrayList<>();
            List<Json> keptValues = new ArrayList<>();
            for (int i = names.size() - 1; i >= 0; i--) {
                String name = names.get(i);
                boolean droppable = !name.equals(identityKey) && (assignedToo || !assigned.contains(name));
                if (excess > 0 && droppable) {
                    excess--;
                    notices.add(notice(NoticeCode.KEY_DROPPED_OVER_BUDGET, name, detail));
                } else {
                    keptNames.add(name);
                    keptValues.add(values.get(i));
                }
            }
            names.clear();
            names.addAll(keptNames.reversed());
            values.clear();
            values.addAll(keptValues.reversed());
        }
    }

    /// Every excess in words, for an event that is refused because of them.
    String excesses(JsonObject object) {
        List<String> found = new ArrayList<>();
        if (object.size() > keys) {
            found.add(output + " has " + object.size() + " keys, " + keys + " allowed");
        }
        for (int i = 0; i < object.size(); i++) {
            String name = object.name(i);
            Json value = object.value(i);
            if (!unit.fits(name, keyLength)) {
                found.add("the key " + path(name) + " has " + over(unit.length(name), keyLength));
            }
            if (!fits(value)) {
                int length = value instanceof Json.Str(String text) ? unit.length(text) : unit.jsonLength(value);
                found.add(path(name) + " has " + over(length, valueLength));
            }
        }
        String listed = String.join("; ", found.subList(0, Math.min(found.size(), LISTED)));
        return found.size() > LISTED ? listed + "; and " + (found.size() - LISTED) + " more" : listed;
    }

    private String over(int found, int allowed) {
        return found + " " + unit.plural() + ", " + allowed + " allowed";
    }

    private Notice notice(NoticeCode code, String name, String detail) {
        return new Notice(code, path(name), detail);
    }

    /// The key's path, a long key shortened: it is hostile text on its way to logs and pages.
    private String path(String name) {
        return output + "." + shown(name);
    }

    static String shown(String text) {
        return LengthUnit.CODE_POINTS.fits(text, SHOWN) ? text : LengthUnit.CODE_POINTS.cut(text, SHOWN) + "…";
    }
}
