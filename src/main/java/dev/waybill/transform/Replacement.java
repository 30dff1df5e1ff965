package dev.waybill.transform;

import com.google.re2j.Matcher;
import java.util.ArrayList;
import java.util.List;

/// What takes the place of a match: text with `$1` for what group 1 holds and `$0` for the whole match. `\$` is a
/// dollar and `\\` a backslash; either is also itself where nothing of this follows.
///
/// @param parts texts, and numbers of groups
record Replacement(List<Part> parts) {
    /// A piece of text, then perhaps what a group holds.
    ///
    /// @param group -1 for none
    record Part(String text, int group) {}

    Replacement {
        parts = List.copyOf(parts);
    }

    /// Reads it.
    ///
    /// @throws IllegalArgumentException when it names a group that the pattern has not; the message says so
    static Replacement of(String text, int groups) {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
            if (c == '\\' && (next == '$' || next == '\\')) {
                literal.append(next);
                i++;
            } else if (c == '$' && isDigit(next)) {
                int group = next - '0';
                i++;
                if (group > groups) {
                    throw new IllegalArgumentException("'$" + group + "' means group " + group + "; the pattern has "
                            + groups + "; write \\$ for a dollar");
                }
                // As many digits as still name a group: $12 is group 1 and a 2 when there are fewer than 12.
                while (i + 1 < text.length()
                        && isDigit(text.charAt(i + 1))
                        && group * 10 + text.charAt(i + 1) - '0' <= groups) {
                    group = group * 10 + text.charAt(++i) - '0';
                }
                parts.add(new Part(literal.toString(), group));
                literal.setLength(0);
            } else {
                literal.append(c);
            }
        }
        parts.add(new Part(literal.toString(), -1));
        return new Replacement(parts);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /// Appends it; false when the budget does not allow for so much.
    boolean appendTo(StringBuilder out, String text, Matcher matcher, Budget budget) {
        for (Part part : parts) {
            int start = part.group < 0 ? -1 : matcher.start(part.group);
            int end = start < 0 ? -1 : matcher.end(part.group);
            if (!budget.take(part.text.length() + end - start)) {
                return false;
            }
            out.append(part.text);
            if (start >= 0) {
                out.append(text, start, end);
            }
        }
        return true;
    }
}
