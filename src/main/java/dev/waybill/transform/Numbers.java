package dev.waybill.transform;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// The transforms whose result is a number. A text that is a number counts as one, `true` as 1 and `false` as 0. A
/// number that need not change keeps the literal it was written with.
final class Numbers {
    private Numbers() {}

    private record Exact(String literal, BigDecimal value) {}

    private interface Step {
        String literal(Exact number);
    }

    static Transform toFloat() {
        return each(Exact::literal);
    }

    static Transform toInteger(RoundingMode rounding) {
        return each(number ->
                isWhole(number.literal) ? number.literal : Decimals.literal(number.value.setScale(0, rounding)));
    }

    static Transform truncate(int digits) {
        return each(number -> number.value.scale() <= digits
                ? number.literal
                : Decimals.literal(number.value.setScale(digits, RoundingMode.DOWN)));
    }

    private static boolean isWhole(String literal) {
        return literal.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9')) && !literal.equals("-0");
    }

    private static Transform each(Step step) {
        return new EachValue((value, _, misfit) -> {
            Exact number = read(value, misfit);
            return number == null ? null : new Json.Num(step.literal(number));
        });
    }

    private static @Nullable Exact read(Json value, Transform.Misfit misfit) {
        return switch (value) {
            case Json.Num(String literal) -> exact(literal, misfit);
            case Json.Str(String text) -> exact(WhiteSpace.trim(text), misfit);
            case Json.Bool bool ->
                bool == Json.Bool.TRUE ? new Exact("1", BigDecimal.ONE) : new Exact("0", BigDecimal.ZERO);
            case Json.Null _, Json.Arr _, JsonObject _ -> {
                misfit.because(Found.instead(value, "a number"));
                yield null;
            }
        };
    }

    private static @Nullable Exact exact(String text, Transform.Misfit misfit) {
        BigDecimal value = Decimals.of(text);
        if (value == null) {
            misfit.because(Decimals.isNumber(text) ? Decimals.TOO_LARGE : "found a text that is no number");
            return null;
        }
        return new Exact(Decimals.literal(text, value), value);
    }

    /// The value of a number or of a text that is one; null, and told, when it is neither or too large.
    static @Nullable BigDecimal value(Json value, Transform.Misfit misfit) {
        if (value instanceof Json.Bool) {
            misfit.because(Found.instead(value, "a number"));
            return null;
        }
        Exact number = read(value, misfit);
        return number == null ? null : number.value;
    }
}
