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
        String problem = problem(value, MAX_DEPTH, new Budget());
        if (problem != null) {
            misfit.because(problem);
            return null;
        }
        String text = JsonText.write(value);
        if (text.length() > Budget.CHARACTERS) {
            misfit.because(Budget.TOO_LONG);
            return null;
        }
        return new Json.Str(text);
    }

    /// Why a value can't be written, seen without writing it; escapes are not counted.
    private static @Nullable String problem(Json value, int allowed, Budget budget) {
        return switch (value) {
            case Json.Str(String text) -> budget.take(text.length()) ? null : Budget.TOO_LONG;
            case Json.Num(String literal) -> budget.take(literal.length()) ? null : Budget.TOO_LONG;
            case Json.Bool _, Json.Null _ -> budget.take(1) ? null : Budget.TOO_LONG;
            case Json.Arr(List<Json> items) -> {
                String problem = allowed == 0 ? TOO_DEEP : null;
                for (int i = 0; i < items.size() && problem == null; i++) {
                    problem = problem(items.get(i), allowed - 1, budget);
                }
                yield problem;
            }
            case JsonObject object -> {
                String problem = allowed == 0 ? TOO_DEEP : null;
                for (int i = 0; i < object.size() && problem == null; i++) {
                    problem = budget.take(object.name(i).length())
                            ? problem(object.value(i), allowed - 1, budget)
                            : Budget.TOO_LONG;
                }
                yield problem;
            }
        };
    }
}
