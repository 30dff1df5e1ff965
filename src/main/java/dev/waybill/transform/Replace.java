package dev.waybill.transform;

import dev.waybill.json.Json;
import org.jspecify.annotations.Nullable;

/// Replaces every occurrence of a text by another.
///
/// @param find not empty
record Replace(String find, String with) implements EachValue.TextStep {
    @Override
    public @Nullable Json apply(String text, Budget budget, Transform.Misfit misfit) {
        StringBuilder replaced = new StringBuilder(text.length());
        int from = 0;
        for (int at = text.indexOf(find); at >= 0; at = text.indexOf(find, from)) {
            if (!budget.take(at - from + with.length())) {
                misfit.because(Budget.TOO_LONG);
                return null;
            }
            replaced.append(text, from, at).append(with);
            from = at + find.length();
        }
        if (from == 0) {
            return new Json.Str(text);
        }
        if (!budget.take(text.length() - from)) {
            misfit.because(Budget.TOO_LONG);
            return null;
        }
        return new Json.Str(replaced.append(text, from, text.length()).toString());
    }
}
