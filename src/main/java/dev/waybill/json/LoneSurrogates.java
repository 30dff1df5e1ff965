package dev.waybill.json;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Replaces escapes of lone surrogates (`\ud800`) by `\ufffd` in JSON text. The parser takes them in values, but
/// refuses them in keys.
final class LoneSurrogates {
    private static final byte[] REPLACEMENT = {'f', 'f', 'f', 'd'};
    private static final int ESCAPE = 6;

    private LoneSurrogates() {}

    /// The text with every lone one replaced; null when there is none.
    static byte @Nullable [] replaced(byte[] utf8) {
        byte[] fixed = null;
        int i = 0;
        while (i < utf8.length) {
            if (utf8[i] != '\\') {
                i++;
                continue;
            }
            int unit = unit(utf8, i);
            if (unit < 0) {
                // Some other escape, or none: never take its second character for the start of one.
                i += 2;
                continue;
            }
            boolean high = unit >= Character.MIN_HIGH_SURROGATE && unit <= Character.MAX_HIGH_SURROGATE;
            boolean low = unit >= Character.MIN_LOW_SURROGATE && unit <= Character.MAX_LOW_SURROGATE;
            int next = high ? unit(utf8, i + ESCAPE) : -1;
            boolean paired = next >= Character.MIN_LOW_SURROGATE && next <= Character.MAX_LOW_SURROGATE;
            if ((high && !paired) || low) {
                fixed = fixed == null ? Arrays.copyOf(utf8, utf8.length) : fixed;
                System.arraycopy(REPLACEMENT, 0, fixed, i + 2, REPLACEMENT.length);
            }
            i += paired ? 2 * ESCAPE : ESCAPE;
        }
        return fixed;
    }

    /// The UTF-16 unit that the escape at `at` stands for, or -1 when there is no such escape.
    private static int unit(byte[] utf8, int at) {
        if (at + ESCAPE > utf8.length || utf8[at] != '\\' || utf8[at + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int i = at + 2; i < at + ESCAPE; i++) {
            int digit = Character.digit(utf8[i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit * 16 + digit;
        }
        return unit;
    }
}
