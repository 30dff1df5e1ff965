package dev.waybill.consent;

import dev.waybill.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// IAB's Global Privacy Platform as it came with an event: which sections apply, and their texts, not yet read.
///
/// @param applicable the ids of the sections that count, rising: those that `gppSid` names; where it says nothing,
/// those
///     that the string holds
/// @param broken why the signal can't be read; null when it can
/// @param held the string's sections; none without a readable string
record GppSignal(Set<Integer> applicable, @Nullable String broken, GppSections held) {
    /// Where the string carries the TC string of the EU.
    static final int TCF_EU = 2;

    private static final int MAX_IDS = 100;

    /// Null when neither part says anything.
    static @Nullable GppSignal of(@Nullable Json gpp, @Nullable Json gppSid) {
        String text = gpp == null ? "" : gpp instanceof Json.Str(String string) ? string.strip() : "?";
        List<Integer> ids = ids(gppSid);
        if (text.isEmpty() && ids != null && ids.isEmpty()) {
            return null;
        }
        GppSections held = text.isEmpty() ? GppSections.NONE : GppSections.read(text);
        if (ids == null) {
            return new GppSignal(held == null ? Set.of() : held.ids(), "gppSid can't be read", orNone(held));
        }
        if (!ids.isEmpty()) {
            // A string that can't be read leaves each section that applies without its text, which denies.
            return new GppSignal(new TreeSet<>(ids), null, orNone(held));
        }
        return held == null
                ? new GppSignal(Set.of(), "the GPP string can't be read", GppSections.NONE)
                : new GppSignal(new TreeSet<>(held.ids()), null, held);
    }

    private static GppSections orNone(@Nullable GppSections held) {
        return held == null ? GppSections.NONE : held;
    }

    boolean applies(int section) {
        return applicable.contains(section);
    }

    /// The section's text, null when the string doesn't hold it.
    @Nullable
    String section(int id) {
        return held.section(id);
    }

    /// A list of numbers, one number, or a text such as `7,8`; null when it can't be read.
    private static @Nullable List<Integer> ids(@Nullable Json value) {
        List<Integer> ids = new ArrayList<>();
        switch (value) {
            case null -> {
                return ids;
            }
            case Json.Arr(List<Json> items) -> {
                if (items.size() > MAX_IDS) {
                    return null;
                }
                for (Json item : items) {
                    Integer id = id(text(item));
                    if (id == null) {
                        return null;
                    }
                    ids.add(id);
                }
            }
            default -> {
                String text = text(value);
                if (text == null || text.length() > MAX_IDS) {
                    return null;
                }
                for (String part : text.isBlank() ? new String[0] : text.split("[,_]", -1)) {
                    Integer id = id(part);
                    if (id == null) {
                        return null;
                    }
                    ids.add(id);
                }
            }
        }
        return ids;
    }

    private static @Nullable String text(Json value) {
        return value instanceof Json.Num(String literal) ? literal : value.asText();
    }

    private static @Nullable Integer id(@Nullable String text) {
        String digits = text == null ? "" : text.strip();
        if (digits.isEmpty() || digits.length() > 5) {
            return null;
        }
        try {
            return Integer.valueOf(digits);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
