package dev.waybill.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/// Reads bodies whole, within bounds of size on the wire, size unpacked, time, and memory of all bodies together. Gzip
/// is unpacked whether or not a header names it. Safe for threads.
public final class BodyReader {
    public static final Duration USUAL_DEADLINE = Duration.ofSeconds(10);
    private static final int FIRST_BUFFER = 4 << 10;
    /// Bodies up to this size aren't counted: the number of connections bounds them.
    private static final int UNCOUNTED = 16 << 10;

    private static final int LONGEST_ENCODING = "identity".length();

    private final Duration deadline;
    private final BodyMemory memory;

    /// @param deadline how long a body may take to arrive, from the first look at it to its last byte
    /// @param totalBytes what all bodies above 16 KiB may hold together
    public BodyReader(Duration deadline, long totalBytes) {
        this.deadline = deadline;
        this.memory = new BodyMemory(totalBytes);
    }

    /// Reads the whole body; an absent one is empty.
    ///
    /// @param maxBytes the most allowed, on the wire and unpacked
    /// @throws Refusal 413 too large, 400 bad chunks, bad gzip or an encoding that isn't gzip, 503 no memory now
    /// @throws CloseConnectionException when the sender took too long or went away: there is nobody to answer
    public Body read(ServerRequest request, int maxBytes) {
        if (!request.content().hasEntity()) {
            return new Body(new byte[0], memory, 0);
        }
        String encoding = request.headers()
                .first(HeaderNames.CONTENT_ENCODING)
                .map(String::trim)
                // Lower case of a stranger's long text can take seconds.
                .map(text -> text.length() > LONGEST_ENCODING ? text : text.toLowerCase(Locale.ROOT))
                .orElse("identity");
        Body wire = wire(request, maxBytes);
        try {
            return decode(wire, encoding, maxBytes);
        } catch (RuntimeException failure) {
            wire.close();
            throw failure;
        }
    }

    private Body wire(ServerRequest request, int maxBytes) {
        try (Deadlines.Watch watch = Deadlines.watch(deadline)) {
            try (InputStream in = request.content().inputStream()) {
                return wire(in, request.headers().contentLength().orElse(FIRST_BUFFER), maxBytes);
            } catch (IOException
                    | UncheckedIOException
                    | IllegalStateException
                    | DataReader.InsufficientDataAvailableException gone) {
                throw new CloseConnectionException(
                        watch.wasCut() ? "The body took longer than " + deadline : "The sender went away", gone);
            } catch (IllegalArgumentException | DataReader.IncorrectNewLineException malformed) {
                throw Refusal.last(400, "bad_request", "the body's chunks are malformed");
            } catch (RequestException refused) {
                throw Refusal.last(
                        refused.status().code(), Failures.reason(refused.status()), Failures.detail(refused.status()));
            }
        }
    }

    private Body wire(InputStream in, long expected, int maxBytes) throws IOException {
        if (expected > maxBytes) {
            drain(in);
            throw tooLarge(maxBytes);
        }
        byte[] buffer = new byte[(int) Math.clamp(expected, 1L, UNCOUNTED)];
        int size = 0;
        long reserved = 0;
        try {
            while (true) {
                int read = in.read(buffer, size, buffer.length - size);
                if (read < 0) {
                    byte[] bytes = size == buffer.length ? buffer : Arrays.copyOf(buffer, size);
                    Body body = new Body(bytes, memory, reserved);
                    reserved = 0;
                    return body;
                }
                size += read;
                if (size > maxBytes) {
                    drain(in);
                    throw tooLarge(maxBytes);
                }
                if (size == buffer.length) {
                    int next = in.read();
                    if (next < 0) {
                        Body body = new Body(buffer, memory, reserved);
                        reserved = 0;
                        return body;
                    }
                    int larger = (int) Math.min(Math.max(size * 2L, FIRST_BUFFER), maxBytes + 1L);
                    larger = Math.max(larger, size + 1);
                    long more = Math.max(0, larger - UNCOUNTED) - reserved;
                    memory.reserve(more);
                    reserved += Math.max(0, more);
                    buffer = Arrays.copyOf(buffer, larger);
                    buffer[size++] = (byte) next;
                }
            }
        } finally {
            memory.release(reserved);
        }
    }

    /// Reads the rest and forgets it: a connection that is closed with bytes unread is reset, and the sender may never
    /// see the answer. The listener's own limit ends it.
    private static void drain(InputStream in) throws IOException {
        in.skip(Long.MAX_VALUE);
    }

    private Body decode(Body wire, String encoding, int maxBytes) {
        return switch (encoding) {
            case "identity", "gzip", "x-gzip" -> {
                boolean named = !encoding.equals("identity");
                if (!named && !Gunzip.looksLikeGzip(wire.bytes())) {
                    yield wire;
                }
                memory.reserve(maxBytes);
                byte[] unpacked;
                try {
                    unpacked = Gunzip.unpack(wire.bytes(), maxBytes);
                } finally {
                    memory.release(maxBytes);
                }
                long reserved = Math.max(0, unpacked.length - UNCOUNTED);
                memory.reserve(reserved);
                wire.close();
                yield new Body(unpacked, memory, reserved);
            }
            default ->
                throw new Refusal(
                        400, "invalid_json", "Content-Encoding is not gzip; send the body plain or packed with gzip");
        };
    }

    /// What all bodies above 16 KiB hold now, in bytes.
    long held() {
        return memory.used();
    }

    static Refusal tooLarge(int maxBytes) {
        return new Refusal(413, "too_large", "the body is larger than the %d bytes allowed".formatted(maxBytes));
    }
}
