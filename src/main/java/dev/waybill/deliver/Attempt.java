package dev.waybill.deliver;

import dev.waybill.deliver.SendResult.Failed;
import dev.waybill.deliver.SendResult.Kind;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.apache.hc.core5.http.UnsupportedHttpVersionException;
import org.jspecify.annotations.Nullable;

/// One request under way, and what its end means.
final class Attempt implements Deadlines.Timed {
    private static final int MESSAGE_LIMIT = 300;

    private final HttpUriRequestBase request;
    private final long start;
    private final Duration timeout;
    private volatile boolean expired;

    Attempt(HttpUriRequestBase request, long start, Duration timeout) {
        this.request = request;
        this.start = start;
        this.timeout = timeout;
    }

    HttpUriRequestBase request() {
        return request;
    }

    @Override
    public long deadline() {
        return start + timeout.toNanos();
    }

    @Override
    public void cut() {
        expired = true;
        request.cancel();
    }

    /// What an exception means.
    ///
    /// @param closed whether the sender was closed meanwhile
    Failed failed(Exception e, boolean closed) {
        long nanos = System.nanoTime() - start;
        if (expired || nanos >= timeout.toNanos()) {
            return new Failed(Kind.TIMEOUT, "No whole answer came within " + timeout.toMillis() + " ms.", nanos);
        }
        if (closed) {
            return new Failed(Kind.IO, "The sender was closed before an answer came.", nanos);
        }
        return new Failed(kind(e), sentence(e), nanos);
    }

    private static Kind kind(Exception e) {
        return switch (e) {
            case RefusedAddressException _ -> Kind.REFUSED_ADDRESS;
            case UnknownHostException _ -> Kind.DNS;
            case ConnectException _ -> Kind.CONNECT;
            case NoRouteToHostException _ -> Kind.CONNECT;
            case SSLException _ -> Kind.CONNECT;
            case SocketTimeoutException _ -> Kind.TIMEOUT;
            case InterruptedIOException _ -> Kind.IO;
            case NoHttpResponseException _ -> Kind.IO;
            case TruncatedChunkException _ -> Kind.IO;
            case MalformedChunkCodingException _ -> Kind.GARBAGE;
            case MessageConstraintException _ -> Kind.GARBAGE;
            case UnsupportedHttpVersionException _ -> Kind.GARBAGE;
            case ClientProtocolException _ -> Kind.GARBAGE;
            default -> e.getCause() instanceof HttpException ? Kind.GARBAGE : Kind.IO;
        };
    }

    /// The exception's own words, as one bounded line: they may quote what the destination sent.
    private static String sentence(Exception e) {
        @Nullable Throwable cause = e;
        while (cause.getCause() != null && (cause.getMessage() == null || cause instanceof ClientProtocolException)) {
            cause = cause.getCause();
        }
        String words = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        String line = words.replaceAll("\\p{Cntrl}+", " ").strip();
        String bounded = line.length() > MESSAGE_LIMIT ? line.substring(0, MESSAGE_LIMIT) + "…" : line;
        return bounded.endsWith(".") || bounded.endsWith("…") ? bounded : bounded + ".";
    }
}
