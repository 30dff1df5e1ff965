package dev.waybill.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What stands in the `Idempotency-Key` header, by which a destination may recognise a repeat.
final class IdempotencyKey {
    private static final int MAX_LENGTH = 255;

    private IdempotencyKey() {}

    /// The key itself where it is 1 – 255 visible ASCII characters, otherwise its SHA-256 in hex.
    static String headerValue(String key) {
        boolean visible = !key.isEmpty() && key.length() <= MAX_LENGTH;
        for (int i = 0; visible && i < key.length(); i++) {
            visible = key.charAt(i) > ' ' && key.charAt(i) < 0x7F;
        }
        return visible ? key : sha256(key);
    }

    /// The same for the id that is signed, which has no dot.
    static String signedId(String key) {
        String value = headerValue(key);
        return value.indexOf('.') < 0 ? value : sha256(key);
    }

    private static String sha256(String key) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("Every JDK has SHA-256", impossible);
        }
    }
}
