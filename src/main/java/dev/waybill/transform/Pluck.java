package dev.waybill.transform;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// The value under one key of an object.
record Pluck(String key) implements EachValue.Step {
    @Override
    public @Nullable Json apply(Json value, Budget budget, Transform.Misfit misfit) {
        if (value instanceof JsonObject object) {
            return object.present(key);
        }
        misfit.because(Found.instead(value, "an object"));
        return null;
    }
}
