package dev.waybill.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/// One connection of the [Sink]. Used by the sink's thread only.
final class SinkConnection {
    private static final int LARGEST_REQUEST = 1024 * 1024;
    private static final byte[] KEY = HttpMessage.name("idempotency-key");
    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{\"ok\":true}"
                    .getBytes(US_ASCII);

    private final SocketChannel channel;
    private final ByteBuffer answer = ByteBuffer.wrap(ANSWER);
    private byte[] request = new byte[8 * 1024];
    private ByteBuffer in = ByteBuffer.wrap(request);

    SinkConnection(SocketChannel channel) {
        this.channel = channel;
    }

    /// Reads what is there and, for each whole request, tells and answers.
    void serve(boolean answers, Sink.Arrivals arrivals) throws IOException {
        if (!in.hasRemaining()) {
            grow();
        }
        if (channel.read(in) < 0) {
            throw new EOFException();
        }
        int length = HttpMessage.length(request, in.position());
        while (length != HttpMessage.INCOMPLETE) {
            arrivals.arrived(number(HttpMessage.bodyStart(request, length)));
            int rest = in.position() - length;
            System.arraycopy(request, length, request, 0, rest);
            in.position(rest);
            if (answers) {
                answer.clear();
                channel.write(answer);
            }
            length = HttpMessage.length(request, rest);
        }
    }

    private void grow() throws IOException {
        if (request.length >= LARGEST_REQUEST) {
            throw new IOException("a request of over " + LARGEST_REQUEST + " bytes");
        }
        int filled = in.position();
        request = Arrays.copyOf(request, request.length * 2);
        in = ByteBuffer.wrap(request).position(filled);
    }

    private long number(int headEnd) {
        int start = HttpMessage.header(request, headEnd, KEY);
        if (start == HttpMessage.INCOMPLETE) {
            return -1;
        }
        int end = start;
        while (request[end] != '\r') {
            end++;
        }
        if (end - start < RequestTemplate.NUMBER.length()) {
            return -1;
        }
        long number = 0;
        for (int i = end - RequestTemplate.NUMBER.length(); i < end; i++) {
            int digit = Character.digit(request[i], 16);
            if (digit < 0) {
                return -1;
            }
            number = number << 4 | digit;
        }
        return number;
    }

    void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // It is of no more use either way.
        }
    }
}
