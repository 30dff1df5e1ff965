package dev.waybill.journal;

import dev.waybill.journal.Entry.Attempted;
import dev.waybill.journal.Entry.Decided;
import dev.waybill.journal.Entry.Marked;
import dev.waybill.outcome.NoticeCode;
import dev.waybill.outcome.Outcome;
import dev.waybill.outcome.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Entries as bytes.
///
/// A version byte (1), a kind byte, then the fields. Numbers are variable-length, seven bits a byte, low ones first.
/// Texts are their length in bytes plus one (0 means null) and UTF-8. Reasons and notices are their codes, because
/// the lists' order may change.
/// - 1 decided: first, count, outcome (its first letter), reason, detail, event, revision, attempts, status, answer,
///   number of notices, each notice, receivedAt, at − receivedAt (signed)
/// - 2 attempted: sequence, attempt, revision, status, what, at
/// - 3 marked: mark, detail, at
///
/// Reading is strict: what is not exactly that is damage.
final class EntryCodec {
    static final byte VERSION = 1;
    private static final byte DECIDED = 1;
    private static final byte ATTEMPTED = 2;
    private static final byte MARKED = 3;

    private EntryCodec() {}

    static byte[] encode(Entry entry) {
        Bytes.Out out = new Bytes.Out(96);
        out.single(VERSION);
        switch (entry) {
            case Decided decided -> decided(out, decided);
            case Attempted attempted ->
                out.single(ATTEMPTED)
                        .number(attempted.sequence())
                        .number(attempted.attempt())
                        .number(attempted.revision())
                        .number(attempted.status())
                        .text(attempted.what())
                        .number(attempted.at());
            case Marked marked ->
                out.single(MARKED)
                        .text(marked.mark().text())
                        .text(marked.detail())
                        .number(marked.at());
        }
        return out.toBytes();
    }

    private static void decided(Bytes.Out out, Decided entry) {
        Reason reason = entry.reason();
        out.single(DECIDED)
                .number(entry.first())
                .number(entry.count())
                .single((byte) entry.outcome().text().charAt(0))
                .text(reason == null ? null : reason.code())
                .text(entry.detail())
                .text(entry.event())
                .number(entry.revision())
                .number(entry.attempts())
                .number(entry.status())
                .text(entry.answer())
                .number(entry.notices().size());
        entry.notices().forEach(code -> out.text(code.code()));
        out.number(entry.receivedAt()).signed(entry.at() - entry.receivedAt());
    }

    /// Reads one entry.
    ///
    /// @throws IllegalArgumentException when the bytes are not exactly one entry
    static Entry decode(byte[] bytes) {
        Bytes.In in = new Bytes.In(bytes);
        if (in.single() != VERSION) {
            throw new IllegalArgumentException("an entry of an unknown version");
        }
        Entry entry = switch (in.single()) {
            case DECIDED -> decided(in);
            case ATTEMPTED ->
                new Attempted(in.number(), in.small(), in.small(), in.small(), in.required(), in.number());
            case MARKED -> new Marked(mark(in.required()), in.required(), in.number());
            default -> throw new IllegalArgumentException("an entry of an unknown kind");
        };
        in.end();
        return entry;
    }

    private static Decided decided(Bytes.In in) {
        long first = in.number();
        long count = in.number();
        Outcome outcome = outcome(in.single());
        Reason reason = reason(in.text());
        String detail = in.text();
        String event = in.required();
        int revision = in.small();
        int attempts = in.small();
        int status = in.small();
        String answer = in.text();
        int size = in.small();
        List<NoticeCode> notices = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            notices.add(notice(in.required()));
        }
        long receivedAt = in.number();
        long at = receivedAt + in.signed();
        return new Decided(
                first,
                count,
                outcome,
                reason,
                detail,
                event,
                revision,
                attempts,
                status,
                answer,
                notices,
                receivedAt,
                at);
    }

    private static Outcome outcome(byte letter) {
        return switch (letter) {
            case 'd' -> Outcome.DELIVERED;
            case 'f' -> Outcome.FILTERED;
            case 'r' -> Outcome.REJECTED;
            default -> throw new IllegalArgumentException("an unknown outcome");
        };
    }

    private static @Nullable Reason reason(@Nullable String code) {
        return code == null
                ? null
                : Reason.of(code).orElseThrow(() -> new IllegalArgumentException("an unknown reason"));
    }

    private static NoticeCode notice(String code) {
        return Arrays.stream(NoticeCode.values())
                .filter(known -> known.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("an unknown notice"));
    }

    private static Mark mark(String text) {
        return Arrays.stream(Mark.values())
                .filter(known -> known.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("an unknown mark"));
    }
}
