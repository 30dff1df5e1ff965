package dev.waybill.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/// Unpacks gzip up to a limit, so that a bomb costs no more than an honest body of the largest size.
final class Gunzip {
    private static final int BUFFER = 8 << 10;
    private static final int USUAL_RATIO = 4;

    private Gunzip() {}

    static boolean looksLikeGzip(byte[] body) {
        return body.length >= 2 && body[0] == 0x1f && (body[1] & 0xff) == 0x8b;
    }

    /// The unpacked bytes.
    ///
    /// @throws Refusal 413 when there are more than `maxBytes`, 400 when this is no whole gzip
    static byte[] unpack(byte[] packed, int maxBytes) {
        byte[] out = new byte[Math.clamp((long) packed.length * USUAL_RATIO, 1, maxBytes + 1)];
        int size = 0;
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed), BUFFER)) {
            while (true) {
                int read = in.read(out, size, out.length - size);
                if (read < 0) {
                    return size == out.length ? out : Arrays.copyOf(out, size);
                }
                size += read;
                if (size > maxBytes) {
                    throw BodyReader.tooLarge(maxBytes);
                }
                if (size == out.length) {
                    out = Arrays.copyOf(out, (int) Math.min(size * 2L, maxBytes + 1L));
                }
            }
        } catch (IOException broken) {
            throw new Refusal(
                    400,
                    "invalid_json",
                    "the body is not whole gzip (%s); send JSON, or JSON packed with gzip"
                            .formatted(broken.getMessage()));
        }
    }
}
