package dev.waybill.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.kit.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;

/// Reads so much of a response as is kept, and so much more as makes its connection fit for the next request.
///
/// @param answer what is kept
/// @param whole whether the body was read to its end, so that the connection can be used again
record AnswerReader(Answer answer, boolean whole) {
    /// Reading on is cheaper than a new connection up to about this.
    static final int DRAIN_LIMIT = 64 * 1024;
    /// Characters of header names and values that are kept; what would go beyond is left out.
    static final int HEADERS_LIMIT = 8 * 1024;

    static AnswerReader read(ClassicHttpResponse response) throws IOException {
        Map<String, String> headers = headers(response);
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return new AnswerReader(new Answer(response.getCode(), headers, ""), true);
        }
        InputStream content = entity.getContent();
        byte[] kept = content.readNBytes(Answer.BODY_LIMIT);
        boolean whole = kept.length < Answer.BODY_LIMIT || drain(content);
        return new AnswerReader(new Answer(response.getCode(), headers, text(headers, kept)), whole);
    }

    private static Map<String, String> headers(ClassicHttpResponse response) {
        Map<String, String> headers = new HashMap<>();
        int size = 0;
        for (Iterator<Header> each = response.headerIterator(); each.hasNext(); ) {
            Header header = each.next();
            String value = header.getValue() == null ? "" : header.getValue();
            size += header.getName().length() + value.length();
            if (size > HEADERS_LIMIT) {
                break;
            }
            headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), value);
        }
        return headers;
    }

    private static boolean drain(InputStream content) throws IOException {
        byte[] sink = new byte[8 * 1024];
        int left = DRAIN_LIMIT;
        while (left > 0) {
            int read = content.read(sink, 0, Math.min(sink.length, left));
            if (read < 0) {
                return true;
            }
            left -= read;
        }
        return content.read() < 0;
    }

    /// Compressed bodies were not asked for, and unpacking what a stranger sends costs more than it tells.
    private static String text(Map<String, String> headers, byte[] kept) {
        String coding = headers.getOrDefault("content-encoding", "identity");
        if (!coding.equalsIgnoreCase("identity") && kept.length > 0) {
            return "(a body in content-encoding " + (coding.length() > 20 ? coding.substring(0, 20) : coding)
                    + ", which was not asked for)";
        }
        return new String(kept, UTF_8);
    }
}
