package dev.waybill.event;

import java.util.Locale;

/// Lower and upper case of texts that strangers wrote, in any language's letters and in linear time. The JDK's own
/// take seconds for a few ten thousand `Σ` (it looks for the end of the word at each), `İ` or `ß` (it copies all at
/// each).
public final class LetterCase {
    private static final char SIGMA = 'Σ';
    private static final char DOTTED_I = 'İ';
    private static final int CHUNK = 256;

    private LetterCase() {}

    /// The text in lower case, as `toLowerCase(Locale.ROOT)`; a `Σ` that ends a word is `ς`.
    public static String lower(String text) {
        if (text.indexOf(SIGMA) < 0 && text.indexOf(DOTTED_I) < 0) {
            return text.toLowerCase(Locale.ROOT);
        }
        StringBuilder lower = new StringBuilder(text.length() + 16);
        int before = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c == SIGMA) {
                boolean ends =
                        Character.isLetter(before) && (i == text.length() || !Character.isLetter(text.codePointAt(i)));
                lower.append(ends ? 'ς' : 'σ');
            } else if (c == DOTTED_I) {
                lower.append("i\u0307");
            } else {
                lower.appendCodePoint(Character.toLowerCase(c));
            }
            before = c;
        }
        return lower.toString();
    }

    /// The text in upper case, as `toUpperCase(Locale.ROOT)`: `ß` is `SS`.
    public static String upper(String text) {
        if (text.length() <= CHUNK) {
            return text.toUpperCase(Locale.ROOT);
        }
        // No letter's upper case depends on its neighbours.
        StringBuilder upper = new StringBuilder(text.length() + 16);
        for (int start = 0; start < text.length(); ) {
            int end = Math.min(text.length(), start + CHUNK);
            if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
                end++;
            }
            upper.append(text.substring(start, end).toUpperCase(Locale.ROOT));
            start = end;
        }
        return upper.toString();
    }
}
