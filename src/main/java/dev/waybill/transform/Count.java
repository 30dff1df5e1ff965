package dev.waybill.transform;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How many items an array has, or keys an object.
final class Count {
    private Count() {}

    static @Nullable Json apply(Json value, Transform.Misfit misfit) {
        return switch (value) {
            case Json.Arr(List<Json> items) -> new Json.Num(items.size());
            case JsonObject object -> new Json.Num(object.size());
            case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> {
                misfit.because(Found.instead(value, "an array or object"));
                yield null;
            }
        };
    }
}
