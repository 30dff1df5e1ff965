package dev.waybill.lane;

import dev.waybill.journal.LaneJournal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether a lane is paused, also over a restart, and when the paused lane may try one event. Belongs to the lane's
/// thread. Times are milliseconds of the epoch.
final class Pauses {
    private static final Logger LOG = LoggerFactory.getLogger(Pauses.class);
    private static final long PROBE_MILLIS = Duration.ofMinutes(5).toMillis();
    private static final String BY_HAND = "paused by hand";

    private final LaneJournal journal;
    private @Nullable Pause pause;
    private long nextProbeAt;

    /// As the journal says that it stood.
    Pauses(LaneJournal journal, long now) {
        this.journal = journal;
        journal.paused().ifPresent(why -> {
            // Nothing is under way, so even what starts this very millisecond is a probe.
            pause = new Pause(why, why.equals(BY_HAND), now - 1);
            nextProbeAt = now;
        });
    }

    static Pause byHand(long now) {
        return new Pause(BY_HAND, true, now);
    }

    /// One sentence; empty when it is not paused.
    String why() {
        return pause == null ? "" : pause.why();
    }

    boolean paused() {
        return pause != null;
    }

    /// Whether it is paused and only a person ends that.
    boolean isByHand() {
        return pause != null && pause.byHand();
    }

    /// Whether a success of an attempt that began then ends the pause.
    boolean endsBySuccess(long startedAt) {
        return pause != null && !pause.byHand() && startedAt > pause.since();
    }

    /// How many milliseconds until one event may be tried; 0 for now, [SendGate#UNTIL_SIGNAL] when only a signal can
    /// bring it about.
    long untilProbe(long now, SendGate gate) {
        if (pause == null || pause.byHand()) {
            return SendGate.UNTIL_SIGNAL;
        }
        return Math.max(nextProbeAt - now, gate.opensIn(now));
    }

    /// A probe is under way, or there is nothing to probe with.
    void probed(long now) {
        nextProbeAt = now + PROBE_MILLIS;
    }

    void begin(Pause next) {
        pause = next;
        nextProbeAt = next.since() + PROBE_MILLIS;
        journal.pause(next.why(), next.since());
        LOG.warn("The lane is paused and its events stay pending: {}.", next.why());
    }

    /// Ends the pause, if there is one.
    void end(String why, long now) {
        if (pause != null) {
            pause = null;
            journal.resume(now);
            LOG.info("The lane goes on: {}.", why);
        }
    }
}
