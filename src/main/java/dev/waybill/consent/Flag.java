package dev.waybill.consent;

import dev.waybill.json.Json;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A yes or no as pages write it: `true`, `1`, `"1"` or `"true"`, and their opposites, whatever the letter case.
enum Flag {
    TRUE,
    FALSE,
    /// Not there, or `null`.
    ABSENT,
    /// There, and neither a yes nor a no.
    ODD;

    static Flag of(@Nullable Json value) {
        String word = switch (value) {
            case Json.Bool bool -> bool.name();
            case Json.Num(String literal) -> literal;
            case Json.Str(String text) -> text.strip();
            case Json.Null _ -> null;
            case null -> null;
            default -> "";
        };
        if (word == null) {
            return ABSENT;
        }
        // A flag is short: what is longer is not worth a copy in lower case.
        return switch (word.length() > 5 ? "" : word.toLowerCase(Locale.ROOT)) {
            case "true", "1" -> TRUE;
            case "false", "0" -> FALSE;
            default -> ODD;
        };
    }
}
