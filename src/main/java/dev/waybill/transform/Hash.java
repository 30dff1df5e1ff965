package dev.waybill.transform;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.json.Json;
import dev.waybill.json.JsonText;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// The hash of a text's UTF-8 bytes in lower-case hex; lone surrogates count as U+FFFD, as they are sent.
///
/// @param algorithm as Java names it
record Hash(String algorithm) implements EachValue.TextStep {
    /// The words of the playbook.
    static final List<String> WORDS = List.of("md5", "sha1", "sha256", "sha512");

    static Hash of(String word) {
        return new Hash(
                switch (word) {
                    case "md5" -> "MD5";
                    case "sha1" -> "SHA-1";
                    case "sha512" -> "SHA-512";
                    default -> "SHA-256";
                });
    }

    @Override
    public Json apply(String text, Budget budget, Transform.Misfit misfit) {
        byte[] bytes = JsonText.wellFormed(text).getBytes(UTF_8);
        return new Json.Str(HexFormat.of().formatHex(digest().digest(bytes)));
    }

    private MessageDigest digest() {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }
}
