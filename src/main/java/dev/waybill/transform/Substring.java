package dev.waybill.transform;

import dev.waybill.json.Json;

/// A part of a text, counted in code points, so that no character is cut in two.
///
/// @param start from 0; a negative one counts from the end
/// @param length at most so many
record Substring(int start, int length) implements EachValue.TextStep {
    @Override
    public Json apply(String text, Budget budget, Transform.Misfit misfit) {
        int from = start >= 0 ? forward(text, 0, start) : backward(text, -(long) start);
        return new Json.Str(text.substring(from, forward(text, from, length)));
    }

    private static int forward(String text, int from, int points) {
        int at = from;
        for (int i = 0; i < points && at < text.length(); i++) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }

    private static int backward(String text, long points) {
        int at = text.length();
        for (long i = 0; i < points && at > 0; i++) {
            at -= Character.charCount(text.codePointBefore(at));
        }
        return at;
    }
}
