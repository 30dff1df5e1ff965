package dev.waybill.transform;

/// White space as JavaScript's `trim` has it, for the values come from browsers: Unicode's spaces and line ends, the
/// no-break ones and the byte order mark among them.
final class WhiteSpace {
    private WhiteSpace() {}

    static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && is(text.charAt(start))) {
            start++;
        }
        while (end > start && is(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    static boolean is(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0xFEFF;
    }
}
