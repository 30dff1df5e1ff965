package dev.waybill.transform;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `true`, `1`, `yes`, `on` and `false`, `0`, `no`, `off`, in any letter case; the numbers 1 and 0.
final class ToBoolean {
    private static final int LONGEST = "false".length();

    private ToBoolean() {}

    static @Nullable Json apply(Json value, Transform.Misfit misfit) {
        return switch (value) {
            case Json.Bool bool -> bool;
            case Json.Num(String literal) -> told(number(literal), "found a number other than 1 and 0", misfit);
            case Json.Str(String text) ->
                told(word(text), "found a text that is none of true, 1, yes, on, false, 0, no, off", misfit);
            case Json.Null _, Json.Arr _, JsonObject _ -> told(null, Found.instead(value, "a boolean"), misfit);
        };
    }

    private static @Nullable Json told(@Nullable Json result, String otherwise, Transform.Misfit misfit) {
        if (result == null) {
            misfit.because(otherwise);
        }
        return result;
    }

    private static @Nullable Json number(String literal) {
        BigDecimal number = Decimals.of(literal);
        if (number == null) {
            return null;
        }
        if (number.signum() == 0) {
            return Json.Bool.FALSE;
        }
        return number.compareTo(BigDecimal.ONE) == 0 ? Json.Bool.TRUE : null;
    }

    private static @Nullable Json word(String text) {
        String word = WhiteSpace.trim(text);
        if (word.length() > LONGEST) {
            return null;
        }
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "on" -> Json.Bool.TRUE;
            case "false", "0", "no", "off" -> Json.Bool.FALSE;
            default -> null;
        };
    }
}
