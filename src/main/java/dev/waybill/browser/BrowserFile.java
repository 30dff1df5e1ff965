package dev.waybill.browser;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// A script as browsers get it, hashed and compressed once. Immutable: nobody changes the arrays.
///
/// @param hash 20 hex digits of the bytes' SHA-256; it stands in the immutable URL and is the entity tag
/// @param integrity what a page writes into `integrity`: `sha384-…`
@SuppressWarnings("ArrayRecordComponent") // sent as they are; never compared
public record BrowserFile(byte[] plain, byte[] gzip, String hash, String integrity) {
    private static final int HASH_DIGITS = 20;

    static BrowserFile of(byte[] plain) {
        return new BrowserFile(
                plain,
                gzip(plain),
                hash(plain),
                "sha384-" + Base64.getEncoder().encodeToString(digest("SHA-384", plain)));
    }

    static String hash(byte[] plain) {
        return HexFormat.of().formatHex(digest("SHA-256", plain)).substring(0, HASH_DIGITS);
    }

    /// Whether a text may be a hash.
    static boolean isHash(String text) {
        return text.length() == HASH_DIGITS
                && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    /// The path under which exactly these bytes are always served.
    public String path() {
        return "/waybill." + hash + ".js";
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has " + algorithm, e);
        }
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new BestGzip(out)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static final class BestGzip extends GZIPOutputStream {
        BestGzip(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
