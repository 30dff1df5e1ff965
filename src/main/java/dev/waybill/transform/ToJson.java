package dev.waybill.transform;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The compact JSON text of any value.
final class ToJson {
    /// What the JSON writer takes.
    static final int MAX_DEPTH = 500;

    static final String TOO_DEEP = "nested deeper than 500";

    private ToJson() {}

    static @Nullable Json apply(Json value, Transform.Misfit misfit) {
        if (isDeeper(value, MAX_DEPTH)) {
            misfit.because(TOO_DEEP);
            return null;
        }
        String text = JsonText.write(value);
        if (text.length() > Budget.CHARACTERS) {
            misfit.because(Budget.TOO_LONG);
            return null;
        }
        return new Json.Str(text);
    }

    private static boolean isDeeper(Json value, int allowed) {
        switch (value) {
            case Json.Arr(List<Json> items) -> {
                if (allowed == 0) {
                    return true;
                }
                for (Json item : items) {
                    if (isDeeper(item, allowed - 1)) {
                        return true;
                    }
                }
            }
            case JsonObject object -> {
                if (allowed == 0) {
                    return true;
                }
                for (int i = 0; i < object.size(); i++) {
                    if (isDeeper(object.value(i), allowed - 1)) {
                        return true;
                    }
                }
            }
            case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> {}
        }
        return false;
    }
}
