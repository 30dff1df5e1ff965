package dev.waybill.lane;

import dev.waybill.decide.LaneFacts;
import dev.waybill.dedup.DedupIndex;
import dev.waybill.event.Event;
import dev.waybill.suppress.Suppressions;
import dev.waybill.suppress.Suppressions.Kind;
import org.jspecify.annotations.Nullable;

/// What a lane knows about the event at one position. Belongs to the lane's thread.
final class Facts implements LaneFacts {
    private final String pipeline;
    private final DedupIndex duplicates;
    private final Suppressions suppressions;
    private long sequence;

    Facts(String pipeline, DedupIndex duplicates, Suppressions suppressions) {
        this.pipeline = pipeline;
        this.duplicates = duplicates;
        this.suppressions = suppressions;
    }

    /// The facts for the event at that sequence of the log, until the next call.
    LaneFacts at(long sequence) {
        this.sequence = sequence;
        return this;
    }

    /// Whether the person of an event that was decided to be sent is suppressed by now.
    boolean suppressed(Parcel parcel) {
        Event event = parcel.event();
        return at(parcel.work().feed.logSequence(parcel.work().sequence))
                .suppressed(event, parcel.target().integration().identity(event));
    }

    @Override
    public boolean duplicate(Event event) {
        return duplicates.isDuplicate(pipeline, event.messageId(), sequence, event.receivedAt());
    }

    @Override
    public boolean suppressed(Event event, @Nullable String identity) {
        return is(Kind.USER_ID, event.userId())
                || is(Kind.ANONYMOUS_ID, event.anonymousId())
                || is(Kind.PUID, identity);
    }

    private boolean is(Kind kind, @Nullable String value) {
        return value != null && suppressions.contains(kind, value);
    }
}
