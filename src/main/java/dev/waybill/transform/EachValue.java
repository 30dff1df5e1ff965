package dev.waybill.transform;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A transform of single values. Given an array it does the same to each item: items that are `null` or have no value
/// afterwards are left out, one misfit tells of all that don't fit, and an array of which nothing is left is no value.
record EachValue(Step step) implements Transform {
    /// What is done to one value, which is no array.
    @FunctionalInterface
    interface Step {
        @Nullable
        Json apply(Json value, Budget budget, Misfit misfit);
    }

    /// What is done to one text.
    @FunctionalInterface
    interface TextStep {
        @Nullable
        Json apply(String text, Budget budget, Misfit misfit);
    }

    /// A transform of texts; a number or a boolean counts as its JSON text.
    static Transform text(TextStep step) {
        return new EachValue((value, budget, misfit) -> {
            String text = asText(value);
            if (text == null) {
                misfit.because(Found.instead(value, "a text"));
                return null;
            }
            return step.apply(text, budget, misfit);
        });
    }

    /// The text that a string, number or boolean counts as; null for any other value.
    static @Nullable String asText(Json value) {
        return switch (value) {
            case Json.Str(String text) -> text;
            case Json.Num(String literal) -> literal;
            case Json.Bool bool -> bool == Json.Bool.TRUE ? "true" : "false";
            case Json.Null _, Json.Arr _, JsonObject _ -> null;
        };
    }

    @Override
    public @Nullable Json apply(Json value, Misfit misfit) {
        if (!(value instanceof Json.Arr(List<Json> items))) {
            return step.apply(value, new Budget(), misfit);
        }
        if (items.size() > Budget.ITEMS) {
            misfit.because(Budget.TOO_MANY);
            return null;
        }
        Budget budget = new Budget();
        Misfits misfits = new Misfits();
        List<Json> left = new ArrayList<>(items.size());
        for (Json item : items) {
            Json changed = item instanceof Json.Null ? null : step.apply(item, budget, misfits);
            if (changed != null) {
                left.add(changed);
            }
        }
        misfits.tell(items.size(), misfit);
        return left.isEmpty() && !items.isEmpty() ? null : new Json.Arr(left);
    }
}
