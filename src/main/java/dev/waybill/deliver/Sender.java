package dev.waybill.deliver;

import dev.waybill.deliver.SendResult.Answered;
import dev.waybill.deliver.SendResult.Failed;
import dev.waybill.deliver.SendResult.Kind;
import dev.waybill.deliver.Target.BadUrlException;
import dev.waybill.json.JsonText;
import dev.waybill.kit.Answer;
import dev.waybill.kit.Delivery;
import dev.waybill.kit.KitRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.Closer;
import org.jspecify.annotations.Nullable;

/// Sends requests over connections of its own, one attempt each. Called from virtual threads, at most
/// [Delivery#concurrency()] at once; more wait for a connection within their deadline. Safe for threads.
public final class Sender implements AutoCloseable {
    /// What the client or the sender writes itself; two of them would make two requests of one.
    private static final Set<String> OWN_HEADERS =
            Set.of("host", "content-length", "transfer-encoding", "connection", "expect", "upgrade", "te", "trailer");

    private static final String USER_AGENT = "Waybill/" + version();

    private final Delivery delivery;
    private final CloseableHttpClient client;
    private volatile @Nullable Target lastTarget;
    private volatile boolean closed;

    public Sender(Delivery delivery, AddressGuard guard) {
        this(delivery, guard, InetAddress::getAllByName);
    }

    Sender(Delivery delivery, AddressGuard guard, HostLookup.Source names) {
        this.delivery = delivery;
        this.client = Connections.client(delivery, guard, new HostLookup(names, guard, delivery.timeout()));
    }

    /// Makes one attempt and waits for its end, at most [Delivery#timeout()].
    ///
    /// @param request with its secrets filled in; `idempotency-key` in its headers is replaced
    /// @param idempotencyKey the event's messageId; sent as it is where it is 1 – 255 visible ASCII characters,
    ///     else as its SHA-256 in hex
    public SendResult send(KitRequest request, String idempotencyKey) {
        long start = System.nanoTime();
        Target target;
        try {
            target = target(request.url());
        } catch (BadUrlException e) {
            return new Failed(Kind.BAD_URL, e.problem(), System.nanoTime() - start);
        }
        String ownHeader = ownHeader(request);
        if (ownHeader != null) {
            String message = "The request sets the header " + ownHeader + ", which Waybill sets itself: remove it.";
            return new Failed(Kind.BAD_HEADER, message, System.nanoTime() - start);
        }
        Attempt attempt = new Attempt(httpRequest(request, target, idempotencyKey), start, delivery.timeout());
        Deadlines.SHARED.add(attempt);
        try {
            return new Answered(exchange(target, attempt), System.nanoTime() - start);
        } catch (IOException | RuntimeException e) {
            return attempt.failed(e, closed);
        } finally {
            Deadlines.SHARED.remove(attempt);
        }
    }

    /// Nearly every request of an integration has the same URL.
    private Target target(@Nullable String url) throws BadUrlException {
        Target last = lastTarget;
        if (last != null && last.url().equals(url)) {
            return last;
        }
        Target target = Target.parse(url);
        lastTarget = target;
        return target;
    }

    private static @Nullable String ownHeader(KitRequest request) {
        for (String name : request.headers().keySet()) {
            if (OWN_HEADERS.contains(name)) {
                return name;
            }
        }
        return null;
    }

    private static HttpUriRequestBase httpRequest(KitRequest request, Target target, String idempotencyKey) {
        HttpUriRequestBase http = new HttpUriRequestBase(request.method(), target.uri());
        http.setHeader(HttpHeaders.USER_AGENT, USER_AGENT);
        http.setHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        for (Map.Entry<String, String> header : request.headers().entrySet()) {
            http.setHeader(header.getKey(), header.getValue());
        }
        http.setHeader("Idempotency-Key", IdempotencyKey.headerValue(idempotencyKey));
        http.setEntity(new ByteArrayEntity(JsonText.bytes(request.body()), null));
        return http;
    }

    private Answer exchange(Target target, Attempt attempt) throws IOException {
        ClassicHttpResponse response = client.executeOpen(target.host(), attempt.request(), null);
        boolean whole = false;
        try {
            AnswerReader read = AnswerReader.read(response);
            whole = read.whole();
            return read.answer();
        } finally {
            if (!whole) {
                // Closing a response reads it to its end first, unless its connection is gone.
                attempt.request().cancel();
            }
            Closer.closeQuietly(response);
        }
    }

    /// Breaks off what is under way: it ends as [Kind#IO].
    @Override
    public void close() {
        closed = true;
        client.close(CloseMode.IMMEDIATE);
    }

    private static String version() {
        String version = Sender.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
