package dev.waybill.journal;

import dev.waybill.json.JsonText;
import dev.waybill.outcome.NoticeCode;
import dev.waybill.outcome.Outcome;
import dev.waybill.outcome.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One line of a lane's journal. Times are in milliseconds of the epoch, positions from 0. Texts are cut to
/// [#MAX_TEXT] characters.
public sealed interface Entry {
    /// The longest text that is kept, in characters.
    int MAX_TEXT = 200;

    long at();

    /// Events have ended.
    ///
    /// @param first the first position
    /// @param count how many in a row; more than 1 only for what befalls a range, such as `log_damaged`
    /// @param reason null when delivered
    /// @param event the name to count by
    /// @param revision the integration's revision that decided
    /// @param attempts how often it was sent; 0 when never
    /// @param status the last answer's HTTP status, or 0
    /// @param answer the beginning of the last answer, or null
    record Decided(
            long first,
            long count,
            Outcome outcome,
            @Nullable Reason reason,
            @Nullable String detail,
            String event,
            int revision,
            int attempts,
            int status,
            @Nullable String answer,
            List<NoticeCode> notices,
            long receivedAt,
            long at)
            implements Entry {
        public Decided {
            notices = List.copyOf(notices);
            detail = detail == null ? null : cut(detail);
            event = cut(event);
            answer = answer == null ? null : cut(answer);
            if (first < 0 || count < 1 || first > Long.MAX_VALUE - count) {
                throw new IllegalArgumentException("No positions: first %d, count %d.".formatted(first, count));
            }
            if (outcome != (reason == null ? Outcome.DELIVERED : reason.outcome())) {
                throw new IllegalArgumentException(
                        "The outcome %s can't have the reason %s.".formatted(outcome, reason));
            }
        }

        /// The position behind the last one.
        public long next() {
            return first + count;
        }
    }

    /// One attempt failed and will be repeated.
    ///
    /// @param attempt from 1
    /// @param status the HTTP status, or 0 without an answer
    /// @param what happened, for people
    record Attempted(long sequence, int attempt, int revision, int status, String what, long at) implements Entry {
        public Attempted {
            what = cut(what);
            if (sequence < 0 || sequence == Long.MAX_VALUE) {
                throw new IllegalArgumentException("No position: %d.".formatted(sequence));
            }
        }
    }

    /// Something happened to the lane as a whole.
    record Marked(Mark mark, String detail, long at) implements Entry {
        public Marked {
            detail = cut(detail);
        }
    }

    /// Cut here rather than when written, so that what is applied now is what a replay will apply.
    private static String cut(String text) {
        if (text.length() <= MAX_TEXT) {
            return JsonText.wellFormed(text);
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT;
        return JsonText.wellFormed(text.substring(0, end));
    }
}
