package dev.waybill.transform;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The exact sum of an array's numbers, or of those under a key of its objects. Absent ones and `null` are passed
/// over. One that doesn't fit leaves no sum at all: a total with a part missing would be taken for the whole.
record Sum(@Nullable String key) implements Transform {
    @Override
    public @Nullable Json apply(Json value, Misfit misfit) {
        if (!(value instanceof Json.Arr(List<Json> items))) {
            misfit.because(Found.instead(value, "an array"));
            return null;
        }
        if (items.size() > Budget.ITEMS) {
            misfit.because(Budget.TOO_MANY);
            return null;
        }
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < items.size(); i++) {
            int place = i;
            Misfit inItem = words -> misfit.because("item " + place + ": " + words);
            Json item = items.get(i);
            if (item instanceof Json.Null) {
                continue;
            }
            if (key != null && !(item instanceof JsonObject)) {
                inItem.because(Found.instead(item, "an object"));
                return null;
            }
            Json addend = item instanceof JsonObject object && key != null ? object.present(key) : item;
            if (addend == null) {
                continue;
            }
            BigDecimal number = Numbers.value(addend, inItem);
            if (number == null) {
                return null;
            }
            sum = sum.add(number);
        }
        return new Json.Num(Decimals.literal(sum));
    }
}
