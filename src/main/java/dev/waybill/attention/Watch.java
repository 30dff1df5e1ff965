package dev.waybill.attention;

import dev.waybill.lane.LaneView;
import org.jspecify.annotations.Nullable;

/// What is remembered of one lane between two looks: its samples, and what was read from its series. Not safe for
/// threads.
final class Watch {
    /// How long what was read of the last hour stays good for who keeps it fresh, and for who only looks.
    static final long FRESH_MILLIS = 60_000;

    static final long STALE_MILLIS = 5 * 60_000;

    final Samples samples = new Samples();
    private @Nullable Recent recent;
    private long recentAt;
    private @Nullable Past past;
    private long pastNumber;

    /// @param maxAge how old it may be, in milliseconds
    Recent recent(LaneView view, long now, long maxAge) {
        Recent known = recent;
        if (known == null || now - recentAt >= maxAge || now < recentAt) {
            known = Recent.read(view.journal().series(), now);
            recent = known;
            recentAt = now;
        }
        return known;
    }

    /// @param fresh whether it must be that of this very quarter
    Past past(LaneView view, long now, boolean fresh) {
        Past known = past;
        if (known == null || (fresh && pastNumber != Past.number(now))) {
            known = Past.read(view.journal().series(), now);
            past = known;
            pastNumber = Past.number(now);
        }
        return known;
    }
}
