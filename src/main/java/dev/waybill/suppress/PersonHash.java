package dev.waybill.suppress;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// What is kept of an identifier: the first 128 bits of the SHA-256 of its scope, a zero byte and itself.
record PersonHash(long high, long low) {
    static final int BYTES = 2 * Long.BYTES;

    /// @param scope what the identifier is one of; holds no zero
    static PersonHash of(String scope, String identifier) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update((scope + "\0").getBytes(UTF_8));
            ByteBuffer digest = ByteBuffer.wrap(sha.digest(identifier.getBytes(UTF_8)));
            return new PersonHash(digest.getLong(), digest.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    /// @param at where it begins
    static PersonHash read(ByteBuffer from, int at) {
        return new PersonHash(from.getLong(at), from.getLong(at + Long.BYTES));
    }

    ByteBuffer write(ByteBuffer to) {
        return to.putLong(high).putLong(low);
    }
}
