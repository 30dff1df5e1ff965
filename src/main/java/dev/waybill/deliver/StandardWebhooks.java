package dev.waybill.deliver;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.waybill.kit.Signing;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs a request as [Standard Webhooks](https://www.standardwebhooks.com) says: the base64 of the HMAC-SHA256 of
/// `id.timestamp.payload`.
final class StandardWebhooks {
    private static final String HMAC = "HmacSHA256";

    private StandardWebhooks() {}

    /// The headers that prove who sent it and when.
    ///
    /// @param id the message's, the same when it is sent again; without a dot
    /// @param payload the body's bytes; none for a request without a body
    static Map<String, String> headers(Signing signing, String id, Instant now, byte[] payload) {
        String timestamp = Long.toString(now.getEpochSecond());
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(signing.key(), HMAC));
            mac.update((id + "." + timestamp + ".").getBytes(US_ASCII));
            String signature = Base64.getEncoder().encodeToString(mac.doFinal(payload));
            return Map.of(Signing.ID, id, Signing.TIMESTAMP, timestamp, Signing.SIGNATURE, "v1," + signature);
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new AssertionError("Every JDK has " + HMAC, impossible);
        }
    }
}
