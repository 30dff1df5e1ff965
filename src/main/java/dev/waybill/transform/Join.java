package dev.waybill.transform;

import dev.waybill.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Joins the items of an array to one text.
record Join(String separator) implements Transform {
    @Override
    public @Nullable Json apply(Json value, Misfit misfit) {
        if (!(value instanceof Json.Arr(List<Json> items))) {
            misfit.because(Found.instead(value, "an array"));
            return null;
        }
        Budget budget = new Budget();
        Misfits misfits = new Misfits();
        StringBuilder joined = new StringBuilder();
        int count = 0;
        for (Json item : items) {
            String text = EachValue.asText(item);
            if (text == null) {
                if (!(item instanceof Json.Null)) {
                    misfits.because(Found.instead(item, "a text"));
                }
                continue;
            }
            if (!budget.take(text.length()) || (count > 0 && !budget.take(separator.length()))) {
                misfit.because(Budget.TOO_LONG);
                return null;
            }
            joined.append(count++ > 0 ? separator : "").append(text);
        }
        misfits.tell(items.size(), misfit);
        return count == 0 && !items.isEmpty() ? null : new Json.Str(joined.toString());
    }
}
