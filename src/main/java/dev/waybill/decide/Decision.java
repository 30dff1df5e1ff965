package dev.waybill.decide;

import dev.waybill.kit.Mapped;
import dev.waybill.outcome.Notice;
import dev.waybill.outcome.Reason;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What was decided about an event.
public sealed interface Decision {
    /// What was changed, or seen, to make the event fit.
    List<Notice> notices();

    /// It is to be sent now.
    ///
    /// @param shown the request with placeholders for secrets: fit to be kept and shown, not to be sent
    record Send(Mapped.Deliver shown) implements Decision {
        @Override
        public List<Notice> notices() {
            return shown.notices();
        }
    }

    /// It ends here; [Reason#outcome()] says as what.
    ///
    /// @param detail for people; null when the reason says it all
    /// @param wouldHaveSent the request that mode shadow kept back; null for any other reason
    record Stop(Reason reason, @Nullable String detail, List<Notice> notices, Mapped.@Nullable Deliver wouldHaveSent)
            implements Decision {
        public Stop {
            notices = List.copyOf(notices);
        }

        /// The same with more said in its detail.
        public Stop saying(String more) {
            return new Stop(reason, detail == null ? more : detail + more, notices, wouldHaveSent);
        }
    }

    /// The same with one more notice.
    default Decision with(Notice notice) {
        return switch (this) {
            case Send(Mapped.Deliver shown) -> new Send(shown.with(notice));
            case Stop stop ->
                new Stop(
                        stop.reason,
                        stop.detail,
                        Stream.concat(stop.notices.stream(), Stream.of(notice)).toList(),
                        stop.wouldHaveSent == null ? null : stop.wouldHaveSent.with(notice));
        };
    }
}
