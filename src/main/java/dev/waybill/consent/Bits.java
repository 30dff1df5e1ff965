package dev.waybill.consent;

import org.jspecify.annotations.Nullable;

/// Bits written six to a character in the alphabet of base64url, read from the first on. Belongs to one thread.
final class Bits {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /// Fibonacci numbers up to here fit comfortably: the ids of sections are small.
    private static final int MAX_FIBONACCI_BITS = 20;

    private final String text;
    private int at;
    private boolean failed;

    private Bits(String text) {
        this.text = text;
    }

    /// Null when a character is not of the alphabet.
    static @Nullable Bits of(String text) {
        return text.chars().allMatch(one -> ALPHABET.indexOf(one) >= 0) ? new Bits(text) : null;
    }

    /// Whether it was read beyond the end, or a number was too large; what came since then is 0.
    boolean failed() {
        return failed;
    }

    /// @param count of bits, at most 31
    int next(int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 1 | bit();
        }
        return value;
    }

    /// A number over 0 in Fibonacci coding, which ends at the first pair of ones.
    int fibonacci() {
        int value = 0;
        int one = 1;
        int two = 2;
        int before = 0;
        for (int i = 0; i < MAX_FIBONACCI_BITS && !failed; i++) {
            int bit = bit();
            if (bit == 1 && before == 1) {
                return value;
            }
            value += bit * one;
            int three = one + two;
            one = two;
            two = three;
            before = bit;
        }
        failed = true;
        return 0;
    }

    private int bit() {
        if (failed || at >= text.length() * 6) {
            failed = true;
            return 0;
        }
        int six = ALPHABET.indexOf(text.charAt(at / 6));
        int bit = (six >> (5 - at % 6)) & 1;
        at++;
        return bit;
    }
}
