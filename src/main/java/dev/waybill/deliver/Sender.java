package dev.waybill.deliver;

import dev.waybill.deliver.SendResult.Answered;
import dev.waybill.deliver.SendResult.Failed;
import dev.waybill.deliver.SendResult.Kind;
import dev.waybill.deliver.Target.BadUrlException;
import dev.waybill.kit.Answer;
import dev.waybill.kit.Delivery;
import dev.waybill.kit.KitRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Map;
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
    private static final String USER_AGENT = "Waybill/" + version();

    private static final byte[] NOTHING = new byte[0];

    private final Delivery delivery;
    private final InstantSource clock;
    private final CloseableHttpClient client;
    private volatile @Nullable Target lastTarget;
    private volatile boolean closed;

    /// @param clock what signatures are dated by
    public Sender(Delivery delivery, AddressGuard guard, InstantSource clock) {
        this(delivery, guard, clock, InetAddress::getAllByName);
    }

    Sender(Delivery delivery, AddressGuard guard, InstantSource clock, HostLookup.Source names) {
        this.delivery = delivery;
        this.clock = clock;
        this.client = Connections.client(delivery, guard, new HostLookup(names, guard, delivery.timeout()));
    }

    /// Makes one attempt and waits for its end, at most [Delivery#timeout()].
    ///
    /// @param request with its secrets filled in; `idempotency-key` in its headers is replaced
    /// @param idempotencyKey the event's messageId, or those of all its events; sent as it is where it is 1 – 255
    ///     visible ASCII characters, else as its SHA-256 in hex. A signature's id too
    public SendResult send(KitRequest request, String idempotencyKey) {
        long start = System.nanoTime();
        Target target;
        try {
            target = target(request.target());
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
            if (KitRequest.SENDERS_HEADERS.contains(name)) {
                return name;
            }
        }
        return null;
    }

    private HttpUriRequestBase httpRequest(KitRequest request, Target target, String idempotencyKey) {
        HttpUriRequestBase http = new HttpUriRequestBase(request.method(), target.uri());
        http.setHeader(HttpHeaders.USER_AGENT, USER_AGENT);
        byte[] payload = request.payload();
        if (payload != null) {
            http.setHeader(HttpHeaders.CONTENT_TYPE, request.encoding().contentType());
        }
        for (Map.Entry<String, String> header : request.headers().entrySet()) {
            http.setHeader(header.getKey(), header.getValue());
        }
        http.setHeader("Idempotency-Key", IdempotencyKey.headerValue(idempotencyKey));
        if (request.signing() != null) {
            String id = IdempotencyKey.signedId(idempotencyKey);
            StandardWebhooks.headers(request.signing(), id, clock.instant(), payload == null ? NOTHING : payload)
                    .forEach(http::setHeader);
        }
        if (payload != null) {
            http.setEntity(new ByteArrayEntity(payload, null));
        }
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
