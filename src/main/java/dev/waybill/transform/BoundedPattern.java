package dev.waybill.transform;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/// A regular expression of bounded size in RE2's syntax, whose searches take bounded time whatever the text. One
/// search is linear by RE2's design; finding all matches is not (`a.*b|a` looks at the whole rest of `aaaa…` for
/// each), so what is read is counted against the [Budget].
record BoundedPattern(Pattern pattern) {
    static final int MAX_LENGTH = 1_000;
    static final int MAX_PROGRAM = 1_000;
    private static final int STEPS_TO_START = 64;
    static final String TOO_MUCH_WORK = "the pattern takes too long on this text";

    /// Compiles a pattern.
    ///
    /// @throws IllegalArgumentException when it is none or too large; the message says why
    static BoundedPattern compile(String pattern) {
        if (pattern.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "the pattern has " + pattern.length() + " characters; at most 1,000 are allowed");
        }
        if (PatternSize.of(pattern) > 10 * MAX_PROGRAM) {
            throw tooLarge();
        }
        try {
            Pattern compiled = Pattern.compile(pattern);
            if (compiled.programSize() > MAX_PROGRAM) {
                throw tooLarge();
            }
            return new BoundedPattern(compiled);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "no valid regular expression: " + e.getDescription()
                            + "; the syntax is RE2's, without look-around and back-references",
                    e);
        }
    }

    private static IllegalArgumentException tooLarge() {
        return new IllegalArgumentException(
                "the pattern repeats too much: unfolded it has more than 1,000 steps; use smaller counts in {…}");
    }

    int groups() {
        return pattern.groupCount();
    }

    /// A matcher whose methods throw [TooMuchWorkException] when the budget is used up.
    Matcher matcher(String text, Budget budget) {
        return pattern.matcher(new Counted(text, pattern.programSize(), budget));
    }

    /// The first match from a place on; may throw as the matcher does. Each search takes some steps before it reads.
    static boolean find(Matcher matcher, int from, Budget budget) {
        if (!budget.search(STEPS_TO_START)) {
            throw new TooMuchWorkException();
        }
        return matcher.find(from);
    }

    /// The budget is used up. Without a stack trace: it only leads out of the matcher.
    static final class TooMuchWorkException extends RuntimeException {
        private TooMuchWorkException() {
            super(TOO_MUCH_WORK, null, false, false);
        }
    }

    /// A text that counts how often it is read; each reading may take every instruction of the program.
    private record Counted(String text, int cost, Budget budget) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (!budget.search(cost)) {
                throw new TooMuchWorkException();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
