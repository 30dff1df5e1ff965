package dev.waybill.access;

import java.util.regex.Pattern;

/// Somebody who may sign in.
///
/// @param name lower-case letters, digits and `. _ @ + -`, 1 to 64 of them
public record User(String name, Role role, PasswordHash password) {
    /// What a name may be, for an error.
    public static final String NAME_FORM =
            "1 to 64 lower-case letters, digits and . _ @ + -, the first a letter or a" + " digit";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@+-]{0,63}");

    /// Whether a text can be a name.
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
