package dev.waybill.lane;

import dev.waybill.decide.Decider.Traffic;
import dev.waybill.event.Event;
import dev.waybill.identity.Reports;
import dev.waybill.identity.SyncFailure;
import org.jspecify.annotations.Nullable;

/// Joins what browsers report about their identifier to events that lack it, and lets live events wait for a report
/// that hasn't come. Reports and events are joined by the times at which the collector took both; the wait is over when
/// the lane has read an event received [dev.waybill.workspace.Pipeline#identityWait()] later, or the clock is there. So
/// a lane that is behind decides at once. Belongs to the lane's thread.
final class IdentityWait implements AutoCloseable {
    /// Events of one lane that may wait at once; beyond it the oldest is decided.
    static final int MAX_HELD = 100_000;

    /// How often new reports are looked for while events wait, in milliseconds.
    private static final long LOOK_MILLIS = 50;

    private final boolean reporting;
    private final HeldEvents held;
    private final ReportWindow live;
    private final ReportWindow replayed;
    private String kit = "";
    private long wait;
    private long nextLook;

    /// What is known about an identifier that an event lacks.
    sealed interface Answer {
        record Found(Joined joined) implements Answer {}

        /// It may still come: the event was put aside.
        record Waits() implements Answer {}

        /// There is none, and no use in waiting.
        ///
        /// @param failure what the browser reported instead, or null
        record Absent(@Nullable SyncFailure failure) implements Answer {}
    }

    IdentityWait(Reports reports) {
        this(reports, MAX_HELD);
    }

    @SuppressWarnings("ReferenceEquality") // there is one NONE
    IdentityWait(Reports reports, int maxHeld) {
        this.reporting = reports != Reports.NONE;
        this.held = new HeldEvents(maxHeld);
        this.live = new ReportWindow(reports, (person, report) -> held.join(person, report, wait));
        this.replayed = new ReportWindow(reports, (_, _) -> {});
    }

    /// Looks for the identifier of an event that ends without one, and puts it aside where it may wait.
    ///
    /// @param after identifiers that were reported then or earlier don't count, in milliseconds of the epoch
    /// @param now milliseconds of the epoch
    /// @throws java.io.UncheckedIOException when the reports can't be read; nothing was put aside
    Answer ask(Work work, Event event, Target target, long after, long now) {
        String anonymousId = event.anonymousId();
        long apart = target.pipeline().identityWait().toMillis();
        if (anonymousId == null || apart == 0 || !reporting) {
            return new Answer.Absent(null);
        }
        boolean isLive = work.feed.traffic() == Traffic.LIVE;
        ReportWindow window = isLive ? live : replayed;
        long at = event.receivedAt();
        kit = target.integration().kit();
        long low = at;
        if (isLive) {
            wait = apart;
            low = Math.min(at, held.oldest());
        }
        window.cover(kit, low - apart, at + apart, now);
        Person person = Person.of(anonymousId);
        ReportWindow.Seen nearest = window.nearest(person, at, apart, after);
        if (nearest != null && nearest.puid != null) {
            return new Answer.Found(new Joined(kit, nearest.puid, nearest.receivedAt));
        }
        if (isLive && !work.waited && now < at + apart) {
            held.add(work, person, at, Math.min(at, now) + apart);
            return new Answer.Waits();
        }
        return new Answer.Absent(nearest == null ? null : nearest.failure);
    }

    /// The lane has read an event that was received then.
    void reached(long receivedAt) {
        held.reached(receivedAt, wait);
    }

    /// Ends the waits that are over, by the clock or by a report that came meanwhile.
    ///
    /// @throws java.io.UncheckedIOException when the reports can't be read now
    void look(long now) {
        boolean wasSetBack = nextLook > now + LOOK_MILLIS;
        if (held.anyWaiting() && (now >= nextLook() || wasSetBack)) {
            nextLook = now + LOOK_MILLIS;
            live.cover(kit, held.oldest() - wait, held.newest() + wait, now);
            held.clock(now);
        }
    }

    /// Takes the next event whose wait has ended, or null.
    @Nullable
    Work poll() {
        return held.poll();
    }

    boolean anyEnded() {
        return held.anyEnded();
    }

    /// When to look again, in milliseconds of the epoch; [Long#MAX_VALUE] when nothing waits.
    long nextLook() {
        return held.anyWaiting() ? Math.min(nextLook, held.nextDue()) : Long.MAX_VALUE;
    }

    /// Lets all that wait be decided anew: the lane works for something else now.
    void release() {
        held.release();
    }

    /// How many events wait, or are to be decided after their wait.
    int size() {
        return held.size();
    }

    /// What a person should know, behind what else there is to know; empty when there is nothing.
    String hint(String other) {
        return held.size() == 0
                ? other
                : (other.isEmpty() ? "" : other + "; ") + held.size()
                        + (held.size() == 1 ? " event waits" : " events wait")
                        + " for an identifier that the browser may report";
    }

    @Override
    public void close() {
        live.close();
        replayed.close();
    }
}
