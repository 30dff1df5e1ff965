package dev.waybill.dedup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// 128 bits for a pipeline's messageId: the first half of a SHA-256. Clients choose their messageIds, so the
/// hash must not let them find two that collide.
public record MessageHash(long high, long low) {
    private static final MessageDigest SHA_256 = sha256();

    public static MessageHash of(String pipeline, String messageId) {
        MessageDigest digest = copy();
        digest.update(pipeline.getBytes(UTF_8));
        // A pipeline's name has no zero byte, so no two pairs give the same bytes.
        digest.update((byte) 0);
        ByteBuffer hash = ByteBuffer.wrap(digest.digest(messageId.getBytes(UTF_8)));
        return new MessageHash(hash.getLong(), hash.getLong());
    }

    /// A clone costs a fraction of a look-up of the algorithm.
    private static MessageDigest copy() {
        try {
            return (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException e) {
            return sha256();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
