package dev.waybill.lane;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The one browser that an anonymousId names, as 128 bits of its SHA-256: small, and nobody can make two anonymousIds
/// that share one, so that no event ever gets the identifier of somebody else. Immutable.
record Person(long high, long low) {
    static Person of(String anonymousId) {
        try {
            ByteBuffer hash =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(anonymousId.getBytes(UTF_8)));
            return new Person(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
