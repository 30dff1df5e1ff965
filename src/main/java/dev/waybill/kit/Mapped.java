package dev.waybill.kit;

import dev.waybill.outcome.Notice;
import dev.waybill.outcome.Reason;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a playbook made of an event.
public sealed interface Mapped {
    List<Notice> notices();

    /// It is to be sent.
    ///
    /// @param event the output event name
    record Deliver(String event, KitRequest request, List<Notice> notices) implements Mapped {
        public Deliver {
            notices = List.copyOf(notices);
        }

        /// The same with one more notice.
        public Deliver with(Notice notice) {
            return new Deliver(
                    event,
                    request,
                    Stream.concat(notices.stream(), Stream.of(notice)).toList());
        }
    }

    /// It is not to be sent; [Reason#outcome()] says whether that is a filter's will or a rejection.
    record Stopped(Reason reason, @Nullable String detail, List<Notice> notices) implements Mapped {
        public Stopped {
            notices = List.copyOf(notices);
        }
    }
}
