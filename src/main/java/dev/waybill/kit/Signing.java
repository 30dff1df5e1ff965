package dev.waybill.kit;

import java.util.Base64;
import java.util.Optional;

/// That a request is to be signed when it is sent, as Standard Webhooks says.
///
/// @param secret `whsec_` and the key in base64: for the wire only, never kept or shown
public record Signing(String secret) {
    /// The headers that a signature stands in, which no kit may set itself.
    public static final String ID = "webhook-id";
    public static final String TIMESTAMP = "webhook-timestamp";
    public static final String SIGNATURE = "webhook-signature";

    private static final String PREFIX = "whsec_";
    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;

    /// The key's bytes.
    ///
    /// @throws IllegalArgumentException when [#fault(String)] finds one
    public byte[] key() {
        return decoded(secret)
                .orElseThrow(() -> new IllegalArgumentException("a signing secret that was not looked at"));
    }

    /// What is wrong with a secret, without any part of it; empty when nothing is.
    static Optional<String> fault(String secret) {
        return decoded(secret).isPresent()
                ? Optional.empty()
                : Optional.of("the value is no signing secret; allowed: whsec_ and the base64 of " + SHORTEST + " to "
                        + LONGEST + " bytes");
    }

    private static Optional<byte[]> decoded(String secret) {
        try {
            byte[] key = secret.startsWith(PREFIX)
                    ? Base64.getDecoder().decode(secret.substring(PREFIX.length()))
                    : new byte[0];
            return key.length >= SHORTEST && key.length <= LONGEST ? Optional.of(key) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Without the secret.
    @Override
    public String toString() {
        return "Signing";
    }
}
