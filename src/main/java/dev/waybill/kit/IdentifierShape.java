package dev.waybill.kit;

import java.util.function.Predicate;

/// The shape that identifiers have, as a regular expression. It meets what strangers send, so it takes linear time
/// whatever the expression and the text. Immutable.
final class IdentifierShape {
    private final Predicate<String> whole;

    /// @throws com.google.re2j.PatternSyntaxException when the text is no regular expression of RE2
    IdentifierShape(String regex) {
        com.google.re2j.Pattern linear = com.google.re2j.Pattern.compile(regex);
        // Where nothing is left to choose Java's own engine can't go back either, and is three times as fast.
        this.whole = isFixed(regex) ? java.util.regex.Pattern.compile(regex).asMatchPredicate() : linear::matches;
    }

    private static boolean isFixed(String regex) {
        return regex.chars().noneMatch(c -> "|*+?,\\".indexOf(c) >= 0);
    }

    boolean fits(String identifier) {
        return whole.test(identifier);
    }
}
