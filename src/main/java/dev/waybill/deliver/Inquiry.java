package dev.waybill.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.deliver.SendResult.Failed;
import dev.waybill.deliver.SendResult.Kind;
import dev.waybill.deliver.Target.BadUrlException;
import dev.waybill.kit.Delivery;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.Closer;

/// Asks a URL once what it answers, with all of the answer's headers: for people who look into a destination, not for
/// events. As a [Sender] it follows no redirect, keeps no cookie and goes nowhere that the guard doesn't permit. One
/// connection an inquiry; safe for threads.
public final class Inquiry implements AutoCloseable {
    /// How much of a body is read, in bytes.
    public static final int BODY_LIMIT = 8 * 1024;

    private final CloseableHttpClient client;
    private final Duration timeout;
    private final String userAgent;

    /// @param timeout from the look-up of the name to the last byte
    /// @param userAgent says who asks
    public Inquiry(AddressGuard guard, Duration timeout, String userAgent) {
        Delivery one = new Delivery(1, 1, Double.POSITIVE_INFINITY, timeout);
        this.client = Connections.client(one, guard, new HostLookup(InetAddress::getAllByName, guard, timeout));
        this.timeout = timeout;
        this.userAgent = userAgent;
    }

    /// What came of it.
    public sealed interface Outcome {
        /// An answer, whatever it says.
        ///
        /// @param headers lower-case names, every value of each, in the order in which they came
        /// @param body its first bytes as text, at most [#BODY_LIMIT]
        record Answered(int status, Map<String, List<String>> headers, String body, long nanos) implements Outcome {
            /// Every value of a header; empty when it is absent.
            public List<String> values(String name) {
                return headers.getOrDefault(name, List.of());
            }
        }

        /// No whole answer.
        ///
        /// @param message one sentence for people
        record Unanswered(Kind kind, String message) implements Outcome {}
    }

    /// Sends one GET and waits for its end.
    ///
    /// @param headers by name
    public Outcome get(String url, Map<String, String> headers) {
        long start = System.nanoTime();
        Target target;
        try {
            target = Target.parse(url);
        } catch (BadUrlException e) {
            return new Outcome.Unanswered(Kind.BAD_URL, e.problem());
        }
        HttpUriRequestBase request = new HttpUriRequestBase("GET", target.uri());
        request.setHeader("User-Agent", userAgent);
        headers.forEach(request::setHeader);
        Attempt attempt = new Attempt(request, start, timeout);
        Deadlines.SHARED.add(attempt);
        try {
            ClassicHttpResponse response = client.executeOpen(target.host(), request, null);
            try {
                Map<String, List<String>> all = headers(response);
                String body = body(response.getEntity());
                return new Outcome.Answered(response.getCode(), all, body, System.nanoTime() - start);
            } finally {
                // Closing a response reads it to its end first, unless its connection is gone.
                request.cancel();
                Closer.closeQuietly(response);
            }
        } catch (IOException | RuntimeException e) {
            Failed failed = attempt.failed(e, false);
            return new Outcome.Unanswered(failed.kind(), failed.message());
        } finally {
            Deadlines.SHARED.remove(attempt);
        }
    }

    private static Map<String, List<String>> headers(ClassicHttpResponse response) {
        Map<String, List<String>> all = new TreeMap<>();
        int size = 0;
        for (Iterator<Header> each = response.headerIterator(); each.hasNext(); ) {
            Header header = each.next();
            String value = header.getValue() == null ? "" : header.getValue();
            size += header.getName().length() + value.length();
            if (size > AnswerReader.HEADERS_LIMIT) {
                break;
            }
            all.computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                    .add(value);
        }
        return all;
    }

    private static String body(HttpEntity entity) throws IOException {
        if (entity == null) {
            return "";
        }
        InputStream content = entity.getContent();
        return content == null ? "" : new String(content.readNBytes(BODY_LIMIT), UTF_8);
    }

    /// Breaks off what is under way.
    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }
}
