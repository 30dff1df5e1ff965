package dev.waybill.bench;

import java.nio.charset.StandardCharsets;

/// Just enough of HTTP/1.1 to find where a message ends and what a header says, without making objects of it.
final class HttpMessage {
    static final int INCOMPLETE = -1;

    private static final byte[] CONTENT_LENGTH = name("content-length");
    private static final byte[] TRANSFER_ENCODING = name("transfer-encoding");
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private HttpMessage() {}

    /// A header's name as [#header] wants it.
    static byte[] name(String lowerCase) {
        return ("\n" + lowerCase + ":").getBytes(StandardCharsets.US_ASCII);
    }

    /// The length of the message at the start of the bytes, or [#INCOMPLETE]. A chunked one is taken to end with
    /// the bytes, since nothing follows an answer here that nobody asked for.
    static int length(byte[] bytes, int size) {
        int body = bodyStart(bytes, size);
        if (body == INCOMPLETE) {
            return INCOMPLETE;
        }
        int value = header(bytes, body, CONTENT_LENGTH);
        if (value != INCOMPLETE) {
            int end = body + number(bytes, value);
            return end <= size ? end : INCOMPLETE;
        }
        if (header(bytes, body, TRANSFER_ENCODING) != INCOMPLETE) {
            return endsWithLastChunk(bytes, body, size) ? size : INCOMPLETE;
        }
        return body;
    }

    /// The index after the empty line, or [#INCOMPLETE].
    static int bodyStart(byte[] bytes, int size) {
        for (int i = 3; i < size; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n' && bytes[i - 3] == '\r') {
                return i + 1;
            }
        }
        return INCOMPLETE;
    }

    /// The index of the first byte of a header's value, or [#INCOMPLETE] when the head has no such header.
    static int header(byte[] bytes, int headEnd, byte[] name) {
        for (int i = 0; i < headEnd - name.length; i++) {
            if (bytes[i] == '\n' && matches(bytes, i, name)) {
                int at = i + name.length;
                while (bytes[at] == ' ') {
                    at++;
                }
                return at;
            }
        }
        return INCOMPLETE;
    }

    /// An answer's status code.
    static int status(byte[] bytes) {
        return number(bytes, "HTTP/1.1 ".length());
    }

    private static boolean matches(byte[] bytes, int at, byte[] name) {
        for (int i = 1; i < name.length; i++) {
            byte c = bytes[at + i];
            int lower = c >= 'A' && c <= 'Z' ? c + 32 : c;
            if (lower != name[i]) {
                return false;
            }
        }
        return true;
    }

    private static int number(byte[] bytes, int at) {
        int value = 0;
        for (int i = at; bytes[i] >= '0' && bytes[i] <= '9' && i < at + 9; i++) {
            value = value * 10 + bytes[i] - '0';
        }
        return value;
    }

    private static boolean endsWithLastChunk(byte[] bytes, int body, int size) {
        int at = size - LAST_CHUNK.length;
        if (at < body) {
            return false;
        }
        for (int i = 0; i < LAST_CHUNK.length; i++) {
            if (bytes[at + i] != LAST_CHUNK[i]) {
                return false;
            }
        }
        return true;
    }
}
