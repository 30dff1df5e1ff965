package dev.waybill.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/// One file of the console as it is sent. Immutable, safe for threads.
///
final class ConsoleFile {
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private final String type;
    private final byte[] bytes;
    private final byte[] gzipped;
    private final String etag;

    private ConsoleFile(String type, byte[] bytes) throws IOException {
        this.type = type;
        this.bytes = bytes;
        this.gzipped = gzip(bytes);
        this.etag = etag(bytes);
    }

    /// Reads a resource of the program.
    ///
    /// @param resource its absolute name, with an ending that browsers are told the type of
    static ConsoleFile of(String resource) {
        String ending = resource.substring(resource.lastIndexOf('.') + 1);
        String type = TYPES.get(ending);
        if (type == null) {
            throw new IllegalArgumentException("The console has no files of the kind of " + resource);
        }
        try (InputStream in = ConsoleFile.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The program lacks its resource " + resource);
            }
            return new ConsoleFile(type, in.readAllBytes());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The media type.
    String type() {
        return type;
    }

    /// The content, gzipped or as it is; not to be changed.
    byte[] bytes(boolean gzip) {
        return gzip ? gzipped : bytes;
    }

    /// Of the content, quoted.
    String etag() {
        return etag;
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 3);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static String etag(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return "\"" + HexFormat.of().formatHex(hash, 0, 12) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
