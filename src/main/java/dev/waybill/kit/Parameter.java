package dev.waybill.kit;

import dev.waybill.playbook.Template;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A connection parameter that a kit asks for.
///
/// @param required whether nothing can be sent without it
/// @param secret whether its value is never shown
/// @param pattern what a value must match, or null for any text
/// @param fallback the value when the user gives none, perhaps made of other parameters; or null
/// @param example a value to show people, or null
public record Parameter(
        String name,
        String description,
        Kind kind,
        boolean required,
        boolean secret,
        @Nullable Pattern pattern,
        @Nullable Template fallback,
        @Nullable String example) {
    public enum Kind {
        TEXT,
        /// An absolute http or https URL.
        URL
    }
}
