package dev.waybill.lane;

import dev.waybill.journal.LaneJournal;
import dev.waybill.journal.LaneKey;
import dev.waybill.kit.Integration;
import dev.waybill.lane.LaneStatus.State;
import dev.waybill.log.EventLog;
import dev.waybill.workspace.Pipeline;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// One lane at work. Its public methods may be called by any thread: they hand the lane's own thread a signal.
public final class Lane implements AutoCloseable {
    /// Events that may wait behind the read position before the lane reads no further.
    public static final int MAX_UNRESOLVED = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final long UNREADABLE_MILLIS = 5_000;

    private final LinkedBlockingQueue<Runnable> signals = new LinkedBlockingQueue<>();
    private final LaneKey key;
    private final EventLog log;
    private final LaneJournal journal;
    private final InstantSource clock;
    private final Outcomes outcomes;
    private final Durables durables = new Durables(signals);
    private final Attempts attempts;
    private final IdentityWait identities;
    private final Deciding deciding;
    private final LiveFeed live;
    private final Replays replays = new Replays();
    private final HeadWatcher watcher;
    private final Thread thread;

    private volatile Target target;
    private int unresolved;
    private boolean heldsTurn;
    private long readAgainAt;
    private boolean stopping;
    private boolean removing;
    private boolean ended;
    private volatile LaneStatus status;

    /// Starts a lane where its journal says that it stood.
    public Lane(LaneParts parts, Pipeline pipeline, Pipeline.Pin pin, Integration integration) {
        this.key = parts.key();
        this.log = parts.log();
        this.journal = parts.journal();
        this.clock = parts.clock();
        Facts facts = new Facts(key.pipeline(), parts.duplicates(), parts.suppressions(), parts.withdrawals());
        this.outcomes = new Outcomes(parts);
        this.target = new Target(pipeline, pin, integration);
        this.attempts = new Attempts(parts, target, outcomes, durables, signals, facts::objects, this::resolved);
        this.identities = new IdentityWait(parts.reports());
        this.deciding =
                new Deciding(facts, identities, outcomes, durables, attempts, clock, this::resolved, this::held);
        this.live = new LiveFeed(log, journal);
        this.status = new LaneStatus(State.RUNNING, "", integration.revision(), false, 0, 0);
        this.watcher = new HeadWatcher(key.toString(), log, signals);
        this.thread = Thread.ofPlatform().name("lane " + key).daemon().unstarted(this::run);
    }

    /// Begins to work. Called once.
    public void start() {
        thread.start();
    }

    public LaneKey key() {
        return key;
    }

    public LaneStatus status() {
        return status;
    }

    public LaneJournal journal() {
        return journal;
    }

    /// The age at which an event expires in this lane.
    public Duration maxEventAge() {
        return target.integration().maxEventAge();
    }

    /// Works for another pin or revision from the next attempt on.
    public void change(Pipeline pipeline, Pipeline.Pin pin, Integration integration) {
        signals.add(() -> {
            Target before = target;
            target = new Target(pipeline, pin, integration);
            if (target.differsFrom(before)) {
                attempts.changed(before, target);
                identities.release();
            } else if (!target.pipeline().equals(before.pipeline())) {
                attempts.giveBack(clock.millis());
                identities.release();
            }
        });
    }

    /// Stops sending until somebody resumes it. What is under way is finished.
    public void pause() {
        signals.add(attempts::pauseByHand);
    }

    /// Sends again; everything that waits is due at once.
    public void resume() {
        signals.add(() -> {
            attempts.resume("resumed by hand");
            show(State.RUNNING, "");
        });
    }

    /// Sends a replay's events whenever no live one is to be sent.
    public void replay(ReplayFeed replay) {
        signals.add(() -> replays.add(replay));
    }

    /// Ends the lane for good: what is under way is finished, what is pending ends as `lane_disabled`. Returns when
    /// that is done, after half a minute at the latest.
    public void remove() {
        signals.add(() -> removing = true);
        join(Duration.ofSeconds(30));
        close();
    }

    /// Stops when what is under way has ended, at most after that long. What has no outcome stays pending.
    public void stop(Duration patience) {
        signals.add(() -> stopping = true);
        join(patience);
        close();
    }

    @Override
    public void close() {
        signals.add(() -> ended = true);
        join(Duration.ofSeconds(1));
    }

    private void join(Duration patience) {
        try {
            if (!thread.join(patience)) {
                LOG.warn("Lane {} still has requests under way; they are given up and stay pending.", key);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        MDC.put("lane", key.toString());
        try {
            while (!ended) {
                for (Runnable signal = signals.poll(); signal != null; signal = signals.poll()) {
                    signal.run();
                }
                long wait = ended ? 0 : advance(clock.millis());
                if (wait > 0) {
                    @Nullable Runnable signal = signals.poll(wait, TimeUnit.MILLISECONDS);
                    if (signal != null) {
                        signal.run();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.error("The lane stopped by a fault of Waybill; its events stay pending until a restart.", e);
            show(State.PAUSED, "stopped by a fault of Waybill, see its log; restart it: " + e);
        } finally {
            watcher.close();
            live.close();
            identities.close();
            attempts.close();
        }
    }

    /// One step. Returns for how many milliseconds there is nothing to do but wait for a signal; 0 to go on.
    private long advance(long now) {
        if (stopping || removing) {
            return windDown();
        }
        if (durables.full()) {
            return SendGate.UNTIL_SIGNAL;
        }
        if (now < readAgainAt) {
            show(State.WAITING, "the log can't be read, see Waybill's own log; it is tried again every few seconds");
            return until(readAgainAt, now);
        }
        if (readAgainAt != 0) {
            readAgainAt = 0;
            show(State.RUNNING, "");
        }
        attempts.settleOverdue(now);
        if (!target.pin().enabled()) {
            return step(now) ? 0 : idle(now, State.DISABLED);
        }
        if (attempts.pauses().paused()) {
            show(State.PAUSED, attempts.pauses().why());
            return probe(now);
        }
        attempts.flush(now);
        long opens = attempts.gate().opensIn(now);
        if (opens > 0) {
            showClosed(now);
            return Math.min(opens, until(attempts.nextWhileClosed(now), now));
        }
        if (status.state() == State.PAUSED || status.state() == State.DISABLED) {
            show(State.RUNNING, hint());
        }
        return step(now) ? 0 : idle(now, State.RUNNING);
    }

    /// Handles one event of the paused lane when it is time for that, whether the event is due or not.
    private long probe(long now) {
        long wait = attempts.pauses().untilProbe(now, attempts.gate());
        if (wait > 0) {
            return wait;
        }
        if (!step(Long.MAX_VALUE)) {
            attempts.pauses().probed(now);
        }
        return 0;
    }

    /// As [#next(long)]; a log that can't be read now is tried again a little later, and nothing is concluded from it.
    private boolean step(long now) {
        try {
            return next(now);
        } catch (UncheckedIOException e) {
            LOG.error("The log can't be read ({}); it is tried again in a few seconds.", e.toString());
            readAgainAt = clock.millis() + UNREADABLE_MILLIS;
            return true;
        }
    }

    /// Takes and handles the next event: one due again, then a new one, then a replay's. Returns whether there was
    /// one.
    private boolean next(long now) {
        Work due = attempts.pollDue(now);
        if (due != null) {
            read(due);
            return true;
        }
        if (unresolved < MAX_UNRESOLVED && newOrHeld()) {
            return true;
        }
        Work again = attempts.pollDueReplay(now);
        if (again != null) {
            read(again);
            return true;
        }
        Replays.Next next = replays.next();
        if (next != null) {
            handle(next.work(), next.item());
            return true;
        }
        return false;
    }

    /// Takes a new live event or one that waited for an identifier, in turn while there are both: a new one is not to
    /// stand behind many that waited.
    private boolean newOrHeld() {
        identities.look(clock.millis());
        heldsTurn = !heldsTurn;
        if (heldsTurn && waitEnded()) {
            return true;
        }
        Feed.Item item = live.next();
        if (item == null) {
            return waitEnded();
        }
        unresolved++;
        if (item instanceof Feed.Found found) {
            identities.reached(found.record().receivedAt());
        }
        handle(new Work(live, item.sequence(), journal.attempts(item.sequence())), item);
        return true;
    }

    private boolean waitEnded() {
        Work work = identities.poll();
        if (work == null) {
            return false;
        }
        unresolved++;
        read(work);
        return true;
    }

    private void read(Work work) {
        Feed.Item item;
        try {
            item = work.feed.read(work.sequence);
        } catch (UncheckedIOException e) {
            attempts.again(work, clock.millis() + UNREADABLE_MILLIS);
            throw e;
        }
        handle(work, item);
    }

    private void handle(Work work, Feed.Item item) {
        switch (item) {
            case Feed.Gone gone -> {
                outcomes.gone(work, gone, target, durables.recording(false));
                resolved(work);
            }
            case Feed.Found found -> deciding.decide(work, found.record(), target);
        }
    }

    /// The event waits for an identifier: it counts as read, but not among those that keep the lane from reading.
    private void held(Work work) {
        attempts.ended(work);
        unresolved--;
    }

    private void resolved(Work work) {
        attempts.ended(work);
        if (work.feed == live) {
            unresolved--;
        } else {
            replays.resolved(work);
        }
    }

    /// Nothing can be done now: says so, and asks to be woken by new events.
    private long idle(long now, State state) {
        if (unresolved >= MAX_UNRESOLVED) {
            show(
                    State.WAITING,
                    MAX_UNRESOLVED + " events wait for another attempt; no further ones are read until some end");
            return until(attempts.nextDue(), now);
        }
        show(state, state == State.RUNNING ? hint() : "switched off: events are filtered as lane_disabled");
        watcher.wakeWhenBeyond(live.position());
        return until(Math.min(attempts.nextDue(), identities.nextLook()), now);
    }

    private String hint() {
        return identities.hint(attempts.hint());
    }

    private static long until(long time, long now) {
        return time == Long.MAX_VALUE ? SendGate.UNTIL_SIGNAL : Math.max(1, time - now);
    }

    private void showClosed(long now) {
        SendGate gate = attempts.gate();
        if (gate.breakerOpen()) {
            show(
                    State.WAITING,
                    "the destination fails (" + attempts.lastFailure() + "); it is tried again at least every 30 s");
        } else if (gate.notBefore() > now) {
            show(State.WAITING, "the destination asked to wait until " + Instant.ofEpochMilli(gate.notBefore()));
        } else {
            show(State.RUNNING, hint());
        }
    }

    private void show(State state, String detail) {
        SendGate gate = attempts.gate();
        int waiting = unresolved + identities.size();
        LaneStatus next = new LaneStatus(
                state, detail, target.integration().revision(), gate.breakerOpen(), gate.onWire(), waiting);
        if (!next.equals(status)) {
            status = next;
        }
    }

    /// No new event is taken; what is under way ends first.
    private long windDown() {
        if (attempts.gate().onWire() > 0 || !durables.settled()) {
            return SendGate.UNTIL_SIGNAL;
        }
        if (removing) {
            for (long[] range : journal.undecidedBelow(log.end(), Integer.MAX_VALUE)) {
                outcomes.removed(journal, range[0], range[1] - range[0], target, durables.recording(false));
            }
            show(State.REMOVED, "the integration was removed from the pipeline");
            removing = false;
            stopping = true;
            return 0;
        }
        ended = true;
        return 0;
    }
}
