package dev.waybill.transform;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Exact numbers of bounded size: reckoning with `1E1000000000` would take the whole memory.
final class Decimals {
    /// The most characters of a literal, and the largest power of ten up or down.
    static final int MAX = 400;

    static final String TOO_LARGE = "the number has more than 400 digits or a power of ten beyond 400";

    private Decimals() {}

    /// Whether a text is a number as people and JSON write it: `12`, `-0.50`, `+1`, `.5`, `1e3`. Nothing else counts:
    /// no thousands separators, no currency, no `NaN`.
    static boolean isNumber(String text) {
        int i = 0;
        int length = text.length();
        if (i < length && (text.charAt(i) == '+' || text.charAt(i) == '-')) {
            i++;
        }
        int whole = digits(text, i);
        i += whole;
        int fraction = 0;
        if (i < length && text.charAt(i) == '.') {
            fraction = digits(text, i + 1);
            i += 1 + fraction;
        }
        if (whole + fraction == 0) {
            return false;
        }
        if (i < length && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
            i++;
            if (i < length && (text.charAt(i) == '+' || text.charAt(i) == '-')) {
                i++;
            }
            int power = digits(text, i);
            i += power;
            if (power == 0) {
                return false;
            }
        }
        return i == length;
    }

    private static int digits(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i - from;
    }

    /// The number's value; null when it is none or too large to reckon with.
    static @Nullable BigDecimal of(String text) {
        if (text.length() > MAX || !isNumber(text)) {
            return null;
        }
        try {
            BigDecimal value = new BigDecimal(text);
            return Math.abs((long) value.scale()) <= MAX && value.precision() <= MAX ? value : null;
        } catch (NumberFormatException e) {
            // The power of ten is beyond what a BigDecimal holds.
            return null;
        }
    }

    /// A literal of the number, without a power of ten.
    static String literal(BigDecimal value) {
        return value.signum() == 0 && value.scale() <= 0 ? "0" : value.toPlainString();
    }

    /// The text itself when it is a JSON number already, else the nearest that is: `+1`, `.5` and `007` are none.
    static String literal(String text, BigDecimal value) {
        int first = text.startsWith("-") ? 1 : 0;
        boolean json = first < text.length()
                && text.charAt(first) >= '0'
                && text.charAt(first) <= '9'
                && (text.charAt(first) != '0' || digits(text, first) == 1)
                && !text.contains(".e")
                && !text.contains(".E")
                && !text.endsWith(".");
        return json ? text : literal(value);
    }
}
