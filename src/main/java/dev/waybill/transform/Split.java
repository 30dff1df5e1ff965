package dev.waybill.transform;

import dev.waybill.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Splits a text at each separator, empty pieces kept; an empty text has no pieces.
///
/// @param separator not empty
record Split(String separator) implements EachValue.TextStep {
    @Override
    public @Nullable Json apply(String text, Budget budget, Transform.Misfit misfit) {
        List<Json> pieces = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
            pieces.add(new Json.Str(text.substring(from, at)));
            from = at + separator.length();
            if (pieces.size() >= Budget.ITEMS) {
                misfit.because(Budget.TOO_MANY);
                return null;
            }
        }
        if (!text.isEmpty()) {
            pieces.add(new Json.Str(text.substring(from)));
        }
        return new Json.Arr(pieces);
    }
}
