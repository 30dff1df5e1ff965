package dev.waybill.lane;

import dev.waybill.event.Event;
import dev.waybill.journal.Entry;
import dev.waybill.journal.LaneKey;
import dev.waybill.kit.Mapped;
import org.jspecify.annotations.Nullable;

/// Somebody who watches outcomes as they happen, such as the demo's page. Called on the lane's thread: must be quick
/// and must not throw.
@FunctionalInterface
public interface LaneTap {
    LaneTap NONE = (lane, event, entry, request) -> {};

    /// An event has ended, or several that can't be read.
    ///
    /// @param event null when the event could not be read
    /// @param request what was or would have been sent; null when the event was not mapped
    void decided(LaneKey lane, @Nullable Event event, Entry.Decided entry, Mapped.@Nullable Deliver request);

    /// Live events have ended, told after the same call of [#decided]. The entry's positions are those of the
    /// pipeline's log; it may not be durable yet.
    default void ended(LaneKey lane, Entry.Decided entry) {}

    /// Both, this one first.
    default LaneTap and(LaneTap next) {
        LaneTap first = this;
        return new LaneTap() {
            @Override
            public void decided(
                    LaneKey lane, @Nullable Event event, Entry.Decided entry, Mapped.@Nullable Deliver request) {
                first.decided(lane, event, entry, request);
                next.decided(lane, event, entry, request);
            }

            @Override
            public void ended(LaneKey lane, Entry.Decided entry) {
                first.ended(lane, entry);
                next.ended(lane, entry);
            }
        };
    }
}
