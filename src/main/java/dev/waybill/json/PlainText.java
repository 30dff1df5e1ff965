package dev.waybill.json;

import org.jspecify.annotations.Nullable;

/// Text from strangers, made fit to stand in a line for people.
public final class PlainText {
    private PlainText() {}

    /// The text without what could steer a terminal or turn the direction of a line, at most that long.
    ///
    /// @param text null is the empty text
    /// @param longest in UTF-16 units, at least 1
    public static String harmless(@Nullable String text, int longest) {
        if (text == null) {
            return "";
        }
        String plain = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]", "?");
        return plain.length() <= longest ? plain : plain.substring(0, longest - 1) + "…";
    }
}
