package dev.waybill.alert;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The header that proves who sent a message and when: `t=1795474800,v1=5257a869…`, where `v1` is the HMAC-SHA256, in
/// hex, of `t`, a dot and the body's bytes. Pure.
final class Signature {
    static final String HEADER = "waybill-signature";
    private static final String HMAC = "HmacSHA256";

    private Signature() {}

    /// @param seconds when it is sent, in seconds of the epoch
    static String of(String secret, long seconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), HMAC));
            mac.update((seconds + ".").getBytes(US_ASCII));
            return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new AssertionError("Every JDK has " + HMAC, impossible);
        }
    }
}
