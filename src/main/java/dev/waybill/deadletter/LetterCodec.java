package dev.waybill.deadletter;

import dev.waybill.journal.Bytes;
import dev.waybill.journal.LaneKey;
import dev.waybill.log.LogRecord;
import dev.waybill.log.RecordHeader;
import dev.waybill.outcome.Reason;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Frames as bytes, with the primitives of [Bytes].
/// - 1 letter: pipeline, integration, position, at, reason's code, detail, event, receivedAt, record header, body,
///   request, verdict, status, answer, attempts, revision
/// - 2 replayed: pipeline, integration, position, replay, outcome, at
///
/// Reading is strict: what is not exactly that is damage.
final class LetterCodec {
    private static final byte VERSION = 1;
    private static final byte LETTER = 1;
    private static final byte REPLAYED = 2;

    private LetterCodec() {}

    /// What a frame holds.
    sealed interface Content {
        Key key();
    }

    /// What letters are kept by.
    record Key(LaneKey lane, long position) {}

    record Kept(DeadLetter letter) implements Content {
        @Override
        public Key key() {
            return new Key(letter.lane(), letter.position());
        }
    }

    record Told(Key key, Letter.Replayed replayed) implements Content {}

    static byte[] encode(DeadLetter letter) {
        LogRecord record = letter.record();
        return start(LETTER, new Key(letter.lane(), letter.position()))
                .number(letter.at())
                .text(letter.reason().code())
                .text(letter.detail())
                .text(letter.event())
                .number(record.receivedAt())
                .bytes(record.header().encode())
                .bytes(record.body())
                .text(letter.request())
                .text(letter.verdict())
                .number(letter.status())
                .text(letter.answer())
                .number(letter.attempts())
                .number(letter.revision())
                .toBytes();
    }

    static byte[] encode(Told told) {
        return start(REPLAYED, told.key())
                .text(told.replayed().replay())
                .text(told.replayed().outcome())
                .number(told.replayed().at())
                .toBytes();
    }

    private static Bytes.Out start(byte kind, Key key) {
        return new Bytes.Out(256)
                .single(VERSION)
                .single(kind)
                .text(key.lane().pipeline())
                .text(key.lane().integration())
                .number(key.position());
    }

    /// @throws IllegalArgumentException when the bytes are not exactly one frame
    static Content decode(byte[] frame) {
        Bytes.In in = new Bytes.In(frame);
        if (in.single() != VERSION) {
            throw new IllegalArgumentException("a dead letter of an unknown version");
        }
        byte kind = in.single();
        Key key = new Key(new LaneKey(in.required(), in.required()), in.number());
        Content content = switch (kind) {
            case LETTER -> letter(in, key);
            case REPLAYED -> new Told(key, new Letter.Replayed(in.required(), in.required(), in.number()));
            default -> throw new IllegalArgumentException("a dead letter of an unknown kind");
        };
        in.end();
        return content;
    }

    private static Kept letter(Bytes.In in, Key key) {
        long at = in.number();
        Reason reason = Reason.of(in.required()).orElseThrow(() -> new IllegalArgumentException("an unknown reason"));
        String detail = in.text();
        String event = in.required();
        long receivedAt = in.number();
        RecordHeader header = header(in.bytes());
        byte[] body = in.bytes();
        if (body == null) {
            throw new IllegalArgumentException("a body is missing");
        }
        return new Kept(new DeadLetter(
                key.lane(),
                key.position(),
                at,
                reason,
                detail,
                event,
                new LogRecord(receivedAt, header, body),
                in.text(),
                in.text(),
                in.small(),
                in.text(),
                in.small(),
                in.small()));
    }

    private static RecordHeader header(byte @Nullable [] bytes) {
        if (bytes == null) {
            throw new IllegalArgumentException("a record header is missing");
        }
        try {
            return RecordHeader.decode(ByteBuffer.wrap(bytes));
        } catch (BufferUnderflowException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new IllegalArgumentException("a damaged record header", e);
        }
    }
}
