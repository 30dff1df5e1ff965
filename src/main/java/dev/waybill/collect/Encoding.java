package dev.waybill.collect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/// Holds bodies to UTF-8. The JSON parser would guess UTF-16 and UTF-32 from the first bytes, and everything behind the
/// log reads UTF-8.
final class Encoding {
    private static final int DETECTED_FROM = 4;

    private Encoding() {}

    /// What is wrong with the encoding, in one line, or null when it is UTF-8 without a byte order mark.
    static @Nullable String problem(byte[] text) {
        if (startsWith(text, 0xEF, 0xBB, 0xBF) || startsWith(text, 0xFE, 0xFF) || startsWith(text, 0xFF, 0xFE)) {
            return "the text starts with a byte order mark; send UTF-8 without one";
        }
        for (int i = 0; i < Math.min(text.length, DETECTED_FROM); i++) {
            if (text[i] == 0) {
                return "the text is not UTF-8; send UTF-8";
            }
        }
        return isAscii(text) || isUtf8(text) ? null : "the text is not well-formed UTF-8; send UTF-8";
    }

    private static boolean startsWith(byte[] text, int... mark) {
        if (text.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((text[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAscii(byte[] text) {
        // Without a branch in the loop the compiler looks at 32 bytes at once.
        int seen = 0;
        for (byte b : text) {
            seen |= b;
        }
        return seen >= 0;
    }

    private static boolean isUtf8(byte[] text) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }
}
