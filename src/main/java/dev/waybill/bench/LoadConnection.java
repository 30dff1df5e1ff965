package dev.waybill.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// One kept-alive connection of the generator, with its own copy of the request. Used by the generator's thread
/// only.
final class LoadConnection {
    private static final int ANSWER_BYTES = 16 * 1024;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final RequestTemplate template;
    private final byte[] request;
    private final ByteBuffer out;
    private final byte[] answer = new byte[ANSWER_BYTES];
    private final ByteBuffer in = ByteBuffer.wrap(answer);
    private long number;
    private long due;
    private boolean busy;

    LoadConnection(Selector selector, Load load) throws IOException {
        template = load.request();
        request = template.copy();
        out = ByteBuffer.wrap(request);
        channel = SocketChannel.open(load.address());
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    void send(long firstNumber, long whenDue) throws IOException {
        number = firstNumber;
        due = whenDue;
        busy = true;
        template.number(request, firstNumber);
        out.clear();
        in.clear();
        write();
    }

    private void write() throws IOException {
        channel.write(out);
        key.interestOps(out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    /// Goes on with writing or reading; true when the whole answer is there.
    boolean answered() throws IOException {
        if (key.isWritable()) {
            write();
        }
        if (!key.isReadable()) {
            return false;
        }
        if (channel.read(in) < 0) {
            throw new EOFException();
        }
        if (!busy) {
            throw new IOException("an answer that nobody asked for");
        }
        if (HttpMessage.length(answer, in.position()) != HttpMessage.INCOMPLETE) {
            return true;
        }
        if (!in.hasRemaining()) {
            throw new IOException("an answer of over " + ANSWER_BYTES + " bytes");
        }
        return false;
    }

    void free() {
        busy = false;
    }

    boolean busy() {
        return busy;
    }

    long number() {
        return number;
    }

    long due() {
        return due;
    }

    int status() {
        return HttpMessage.status(answer);
    }

    /// The status and the body of the answer, for people.
    String answer() {
        int body = HttpMessage.bodyStart(answer, in.position());
        String text = new String(answer, body, Math.min(400, in.position() - body), StandardCharsets.UTF_8);
        return status() + " " + text.strip();
    }

    void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // It is of no more use either way.
        }
    }
}
