package dev.waybill.lane;

import dev.waybill.deliver.AddressGuard;
import dev.waybill.deliver.Backoff;
import dev.waybill.deliver.RetryAfter;
import dev.waybill.deliver.SendResult;
import dev.waybill.deliver.Sender;
import dev.waybill.journal.Entry;
import dev.waybill.journal.LaneJournal;
import dev.waybill.journal.Mark;
import dev.waybill.kit.BatchRule;
import dev.waybill.kit.Integration;
import dev.waybill.kit.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends, and learns from the answers: what is tried again and when, when the breaker opens, when the lane pauses.
/// Belongs to the lane's thread; the sends themselves run on virtual threads and come back as signals.
final class Attempts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    private final LinkedBlockingQueue<Runnable> signals;
    private final LaneJournal journal;
    private final Outcomes outcomes;
    private final Durables durables;
    private final AddressGuard guard;
    private final InstantSource clock;
    private final Consumer<Work> resolved;
    private final Waiting waiting = new Waiting();
    private final Suspicion suspicion = new Suspicion();
    private final Gatherings gatherings = new Gatherings();
    private final Predicate<Parcel> objects;
    private final Pauses pauses;
    private final SendGate gate;
    private Outlet outlet;
    private Integration current;
    /// What the last failed attempt came to, without what identifies anybody.
    private String lastFailure = "";
    /// Counts the resumes: an answer to what was sent before one says nothing of the setup after it.
    private int round;

    /// @param objects whether an event's person objects to its being sent by now
    /// @param resolved told of each event that ended
    Attempts(
            LaneParts parts,
            Target target,
            Outcomes outcomes,
            Durables durables,
            LinkedBlockingQueue<Runnable> signals,
            Predicate<Parcel> objects,
            Consumer<Work> resolved) {
        this.signals = signals;
        this.journal = parts.journal();
        this.outcomes = outcomes;
        this.durables = durables;
        this.guard = parts.guard();
        this.clock = parts.clock();
        this.objects = objects;
        this.resolved = resolved;
        this.gate = new SendGate(target.integration().delivery(), durables, clock.millis());
        this.outlet = new Outlet(target.integration().delivery(), guard, clock);
        this.current = target.integration();
        this.pauses = new Pauses(journal, clock.millis());
        if (!journal.marks().pinned().equals(Optional.of(target.pinned()))) {
            mark(Mark.PIN, target.pinned());
        }
    }

    SendGate gate() {
        return gate;
    }

    Pauses pauses() {
        return pauses;
    }

    /// When the next event is due by time alone, in milliseconds of the epoch; [Long#MAX_VALUE] when none is.
    long nextDue() {
        return Math.min(waiting.nextDue(), Math.min(suspicion.nextOverdue(), gatherings.nextReady()));
    }

    /// When there is something to do though the gate is closed; [Long#MAX_VALUE] when only a signal can tell. The next
    /// refusal is believed, or gathered events have waited long enough.
    long nextWhileClosed(long now) {
        long opens = gatherings.size() == 0 ? SendGate.UNTIL_SIGNAL : gate.opensForRequestIn(now);
        return opens == SendGate.UNTIL_SIGNAL
                ? suspicion.nextOverdue()
                : Math.min(suspicion.nextOverdue(), Math.max(gatherings.nextReady(), now + opens));
    }

    @Nullable
    Work pollDue(long now) {
        return waiting.pollDue(now);
    }

    @Nullable
    Work pollDueReplay(long now) {
        return waiting.pollDueReplay(now);
    }

    /// Ends the events whose refusal is believed by now.
    void settleOverdue(long now) {
        suspicion.overdue(now).forEach(this::reject);
    }

    /// Sends one event, or lets it wait for others; the gate must be open.
    void send(Parcel parcel) {
        BatchRule rule = parcel.target().integration().batch();
        int limit = rule == null || pauses.paused() ? 1 : limit(parcel, rule);
        if (rule == null || limit == 1) {
            fly(List.of(parcel));
            return;
        }
        long now = clock.millis();
        gathered(gatherings.add(parcel, rule, limit, now));
        flush(now);
    }

    private static int limit(Parcel parcel, BatchRule rule) {
        int most = parcel.target().integration().delivery().maxInFlight();
        return Math.min(Math.min(rule.events(), most), parcel.work().batchLimit);
    }

    /// Sends the gathered events that are not to wait any longer, as far as the gate lets them.
    void flush(long now) {
        while (gatherings.size() > 0 && gate.opensForRequestIn(now) == 0) {
            boolean lonely = waiting.nextDue() > now || gate.opensIn(now) > 0;
            List<Parcel> ready = gatherings.takeReady(now, lonely);
            if (ready.isEmpty()) {
                return;
            }
            gathered(ready);
        }
    }

    /// Sends events that were gathered but for those of people who objected meanwhile.
    private void gathered(List<Parcel> parcels) {
        gate.gathered(gatherings.size());
        Map<Boolean, List<Parcel>> asked = parcels.stream().collect(Collectors.partitioningBy(objects));
        asked.getOrDefault(true, List.of()).forEach(parcel -> again(parcel.work(), clock.millis()));
        List<Parcel> allowed = asked.getOrDefault(false, List.of());
        if (!allowed.isEmpty()) {
            fly(allowed);
        }
    }

    private void fly(List<Parcel> parcels) {
        long now = clock.millis();
        Flight flight = new Flight(parcels, gate.enter(parcels.size(), now), now, round);
        Outlet through = outlet;
        Sender sender = through.lend();
        if (pauses.paused()) {
            pauses.probed(now);
        }
        Thread.ofVirtual().start(() -> {
            SendResult result = Carrier.carry(sender, flight);
            signals.add(() -> {
                through.returned();
                answered(flight, result);
            });
        });
    }

    @SuppressWarnings("ReferenceEquality") // a revision that was compiled anew may send otherwise
    private void answered(Flight flight, SendResult result) {
        Verdict verdict = result.verdict(flight.target().integration());
        flight.parcels().forEach(parcel -> parcel.work().attempts++);
        outcomes.attempted(verdict, result);
        long now = clock.millis();
        if (verdict == Verdict.RETRY) {
            retry(flight, result, now);
            return;
        }
        if (gate.answered(flight.permit(), flight.size())) {
            mark(Mark.BREAKER_CLOSED, "the destination answers again");
            LOG.info("The destination answers again.");
            waiting.allDue(now);
        }
        if (verdict == Verdict.DELIVERED) {
            delivered(flight, result);
            return;
        }
        BatchRule rule = flight.target().integration().batch();
        if (pauses.paused() || flight.round() != round || flight.target().integration() != current) {
            // The lane is no longer what this answer is about.
            flight.parcels().forEach(parcel -> again(parcel.work(), now));
        } else if (flight.size() > 1 && rule != null && rule.refused() == BatchRule.Refused.SPLIT) {
            split(flight, result, now);
        } else {
            blamed(flight, verdict, result, now);
        }
    }

    private void delivered(Flight flight, SendResult result) {
        for (Parcel parcel : flight.parcels()) {
            outcomes.delivered(parcel, result, durables.recording(true));
            resolved.accept(parcel.work());
        }
        if (pauses.endsBySuccess(flight.startedAt())) {
            resume("a probe was accepted");
        }
        for (Parcel parcel : flight.parcels()) {
            Suspicion.Settled settled = suspicion.delivered(parcel.work(), flight.startedAt());
            settled.reject().forEach(this::reject);
            for (Work confirm : settled.confirm()) {
                // One that isn't waiting is under way, and its answer comes by itself.
                if (waiting.remove(confirm)) {
                    again(confirm, clock.millis());
                }
            }
        }
    }

    private void retry(Flight flight, SendResult result, long now) {
        lastFailure = Failure.words(flight, result);
        if (gate.failed(flight.permit(), flight.size(), now)) {
            mark(Mark.BREAKER_OPEN, lastFailure);
            LOG.warn("The destination fails ({}); events wait until it recovers.", lastFailure);
        }
        // One time for all of them, so that they find together again.
        long due = now + backoff(flight.parcels().getFirst().work());
        Optional<Duration> asked = result instanceof SendResult.Answered answered
                ? Optional.ofNullable(answered.answer().headers().get("retry-after"))
                        .flatMap(header -> RetryAfter.parse(header, Instant.ofEpochMilli(now)))
                : Optional.empty();
        if (asked.isPresent()) {
            long until = now + asked.get().toMillis();
            gate.closedUntil(until);
            due = Math.max(due, until);
        }
        for (Parcel parcel : flight.parcels()) {
            outcomes.failed(parcel.work(), flight, result);
            again(parcel.work(), due);
        }
    }

    /// Tries the halves of a refused batch, each for itself, until whoever is to blame is alone.
    private void split(Flight flight, SendResult result, long now) {
        lastFailure = Failure.words(flight, result);
        for (Parcel parcel : flight.parcels()) {
            parcel.work().batchLimit = (flight.size() + 1) / 2;
            outcomes.failed(parcel.work(), flight, result);
            again(parcel.work(), now);
        }
    }

    /// Judges the events of a refused request; one of them stands for all where requests are counted.
    private void blamed(Flight flight, Verdict verdict, SendResult result, long now) {
        lastFailure = Failure.words(flight, result);
        boolean counts = true;
        for (Parcel parcel : flight.parcels()) {
            Work work = parcel.work();
            if (pauses.paused()) {
                again(work, now);
                continue;
            }
            Work.Refusal refusal = flight.refusal(parcel, result, now);
            work.refusal = refusal;
            if (verdict == Verdict.SETUP) {
                setupBlamed(work, flight, result, counts);
            } else {
                refused(work, refusal, counts);
            }
            counts = false;
        }
    }

    private void setupBlamed(Work work, Flight flight, SendResult result, boolean counts) {
        long now = Objects.requireNonNull(work.refusal, "refusal").since();
        switch (suspicion.setup(work, counts)) {
            case REJECT -> reject(work);
            case HOLD -> {
                outcomes.failed(work, flight, result);
                again(work, now + backoff(work));
            }
            case PAUSE -> {
                again(work, now);
                pause(new Pause(
                        Suspicion.SETUP_LIMIT + " different events in a row were answered '" + lastFailure
                                + "': check the integration's parameters and what the destination has switched on for you",
                        false,
                        now));
            }
        }
    }

    private void refused(Work work, Work.Refusal refusal, boolean counts) {
        if (suspicion.refused(work, refusal.answer(), counts) == Suspicion.Ruling.PAUSE) {
            pause(new Pause(
                    Suspicion.REFUSAL_LIMIT + " different events in a row were refused alike, '" + lastFailure
                            + "', and none was accepted between: check the integration's parameters and mapping",
                    false,
                    refusal.since()));
        }
    }

    private void reject(Work work) {
        outcomes.refused(work, Objects.requireNonNull(work.refusal, "refusal"), durables.recording(true));
        resolved.accept(work);
    }

    /// The event has its outcome.
    void ended(Work work) {
        suspicion.forget(work);
    }

    private static long backoff(Work work) {
        return Backoff.delay(work.attempts, ThreadLocalRandom.current()).toMillis();
    }

    /// Holds an event back until then.
    void again(Work work, long due) {
        waiting.add(work, due);
    }

    void pauseByHand() {
        pause(Pauses.byHand(clock.millis()));
    }

    private void pause(Pause next) {
        everythingDue(next.since());
        pauses.begin(next);
    }

    /// Sends again, if it was paused; whatever waits is due at once.
    void resume(String why) {
        long now = clock.millis();
        round++;
        everythingDue(now);
        gate.forgetWaits();
        pauses.end(why, now);
    }

    private void everythingDue(long now) {
        giveBack(now);
        suspicion.release().forEach(held -> again(held, now));
        waiting.unsplit();
        waiting.allDue(now);
    }

    /// Lets gathered events be decided anew.
    void giveBack(long now) {
        gatherings.takeAll().forEach(parcel -> again(parcel.work(), now));
        gate.gathered(0);
    }

    /// Another pin counts from the next attempt on.
    void changed(Target before, Target next) {
        current = next.integration();
        if (!next.integration().delivery().equals(before.integration().delivery())) {
            outlet.retire();
            outlet = new Outlet(next.integration().delivery(), guard, clock);
            gate.change(next.integration().delivery(), clock.millis());
        }
        mark(Mark.PIN, next.pinned());
        LOG.info("The lane now runs {}.", next.pinned());
        if (!pauses.isByHand()) {
            resume("another revision or mode is pinned");
        } else {
            everythingDue(clock.millis());
        }
    }

    private void mark(Mark mark, String detail) {
        journal.record(new Entry.Marked(mark, detail, clock.millis()));
    }

    /// What a person should know while the lane runs; empty when all is well.
    String hint() {
        int open = suspicion.parkedCount() + suspicion.heldCount();
        return open == 0 ? "" : open + " events wait for the verdict on '" + lastFailure + "'";
    }

    /// What the last failed attempt came to, as [Failure] says it.
    String lastFailure() {
        return lastFailure;
    }

    @Override
    public void close() {
        outlet.close();
    }
}
