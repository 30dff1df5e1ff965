package dev.waybill.lane;

import dev.waybill.deliver.AddressGuard;
import dev.waybill.deliver.Backoff;
import dev.waybill.deliver.RetryAfter;
import dev.waybill.deliver.SendResult;
import dev.waybill.deliver.Sender;
import dev.waybill.event.Event;
import dev.waybill.journal.Entry;
import dev.waybill.journal.LaneJournal;
import dev.waybill.journal.Mark;
import dev.waybill.kit.Answer;
import dev.waybill.kit.Integration;
import dev.waybill.kit.KitRequest;
import dev.waybill.kit.Mapped;
import dev.waybill.kit.Verdict;
import dev.waybill.log.LogRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends, and learns from the answers: what is tried again and when, when the breaker opens, when the lane pauses.
/// Belongs to the lane's thread; the sends themselves run on virtual threads and come back as signals.
final class Attempts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
    private static final long PROBE_MILLIS = Duration.ofMinutes(5).toMillis();
    private static final String BY_HAND = "paused by hand";

    private final LinkedBlockingQueue<Runnable> signals;
    private final LaneJournal journal;
    private final Outcomes outcomes;
    private final Durables durables;
    private final AddressGuard guard;
    private final InstantSource clock;
    private final Consumer<Work> resolved;
    private final RetryQueue live = new RetryQueue();
    private final RetryQueue replayed = new RetryQueue();
    private final Suspicion suspicion = new Suspicion();
    private final SendGate gate;
    private Outlet outlet;
    private Integration current;
    private @Nullable Pause pause;
    private long nextProbeAt;
    private String lastFailure = "";

    /// @param resolved told of each event that ended
    Attempts(
            LaneParts parts,
            Target target,
            Outcomes outcomes,
            Durables durables,
            LinkedBlockingQueue<Runnable> signals,
            Consumer<Work> resolved) {
        this.signals = signals;
        this.journal = parts.journal();
        this.outcomes = outcomes;
        this.durables = durables;
        this.guard = parts.guard();
        this.clock = parts.clock();
        this.resolved = resolved;
        this.gate = new SendGate(target.integration().delivery(), durables, clock.millis());
        this.outlet = new Outlet(target.integration().delivery(), guard, clock);
        this.current = target.integration();
        journal.paused().ifPresent(why -> {
            long now = clock.millis();
            // Nothing is under way, so even what starts this very millisecond is a probe.
            pause = new Pause(why, why.equals(BY_HAND), now - 1);
            nextProbeAt = now;
        });
    }

    SendGate gate() {
        return gate;
    }

    Optional<Pause> pause() {
        return Optional.ofNullable(pause);
    }

    /// How many milliseconds until the paused lane may try one event; 0 for now, [SendGate#UNTIL_SIGNAL] when only a
    /// signal can bring it about.
    long untilProbe(long now) {
        if (pause == null || pause.byHand()) {
            return SendGate.UNTIL_SIGNAL;
        }
        return Math.max(nextProbeAt - now, gate.opensIn(now));
    }

    /// A probe is under way, or there is nothing to probe with.
    void probed(long now) {
        nextProbeAt = now + PROBE_MILLIS;
    }

    /// When the next event is due by time alone, in milliseconds of the epoch; [Long#MAX_VALUE] when none is.
    long nextDue() {
        return Math.min(Math.min(live.nextDue(), replayed.nextDue()), suspicion.nextOverdue());
    }

    /// When the next refusal is believed; [Long#MAX_VALUE] when none is open.
    long nextOverdue() {
        return suspicion.nextOverdue();
    }

    @Nullable
    Work pollDue(long now) {
        return live.pollDue(now);
    }

    @Nullable
    Work pollDueReplay(long now) {
        return replayed.pollDue(now);
    }

    /// Ends the events whose refusal is believed by now.
    void settleOverdue(long now) {
        suspicion.overdue(now).forEach(this::reject);
    }

    /// Sends one event; the gate must be open.
    ///
    /// @param shown the request as it may be kept and shown
    /// @param request the same with the secrets filled in
    void send(Work work, LogRecord record, Event event, Mapped.Deliver shown, KitRequest request, Target target) {
        long now = clock.millis();
        Flight flight = new Flight(work, record, event, shown, target, gate.enter(now), now);
        Outlet through = outlet;
        Sender sender = through.lend();
        if (pause != null) {
            probed(now);
        }
        Thread.ofVirtual().start(() -> {
            SendResult result = shown(target.integration(), send(sender, request, event.messageId()));
            signals.add(() -> {
                through.returned();
                answered(flight, result);
            });
        });
    }

    /// An attempt must come back, whatever happens in it: the lane waits for it.
    private static SendResult send(Sender sender, KitRequest request, String idempotencyKey) {
        try {
            return sender.send(request, idempotencyKey);
        } catch (RuntimeException | Error e) {
            LOG.error("Waybill failed to make a request; it is tried again.", e);
            return new SendResult.Failed(SendResult.Kind.IO, "Waybill failed to make the request: " + e, 0);
        }
    }

    /// What may be kept of a result: a destination may send back a secret that it was sent.
    private static SendResult shown(Integration integration, SendResult result) {
        if (!integration.hasSecrets()) {
            return result;
        }
        return switch (result) {
            case SendResult.Answered answered -> {
                Answer answer = answered.answer();
                yield new SendResult.Answered(
                        new Answer(answer.status(), answer.headers(), integration.withoutSecrets(answer.body())),
                        answered.nanos());
            }
            case SendResult.Failed failed ->
                new SendResult.Failed(failed.kind(), integration.withoutSecrets(failed.message()), failed.nanos());
        };
    }

    @SuppressWarnings("ReferenceEquality") // a revision that was compiled anew may send otherwise
    private void answered(Flight flight, SendResult result) {
        Verdict verdict = result.verdict(flight.target().integration());
        flight.work().attempts++;
        outcomes.attempted(verdict, result);
        long now = clock.millis();
        if (verdict == Verdict.RETRY) {
            retry(flight, result, now);
            return;
        }
        if (gate.answered(flight.permit())) {
            mark(Mark.BREAKER_CLOSED, "the destination answers again");
            LOG.info("The destination answers again.");
            live.allDue(now);
            replayed.allDue(now);
        }
        if (verdict == Verdict.DELIVERED) {
            delivered(flight, result);
            return;
        }
        if (pause != null || flight.target().integration() != current) {
            // The lane is no longer what this answer is about.
            again(flight.work(), now);
            return;
        }
        flight.work().refusal = refusal(flight, result, now);
        if (verdict == Verdict.SETUP) {
            setupBlamed(flight, result, now);
        } else {
            refused(flight.work(), result, now);
        }
    }

    private void delivered(Flight flight, SendResult result) {
        outcomes.delivered(flight, result, durables.recording(true));
        resolved.accept(flight.work());
        if (pause != null && !pause.byHand() && flight.startedAt() > pause.since()) {
            resume("a probe was accepted");
        }
        Suspicion.Settled settled = suspicion.delivered(flight.work(), flight.startedAt());
        settled.reject().forEach(this::reject);
        for (Work confirm : settled.confirm()) {
            // One that isn't waiting is under way, and its answer comes by itself.
            if (queue(confirm).remove(confirm)) {
                again(confirm, clock.millis());
            }
        }
    }

    private void retry(Flight flight, SendResult result, long now) {
        lastFailure = Outcomes.what(result);
        if (gate.failed(flight.permit(), now)) {
            mark(Mark.BREAKER_OPEN, lastFailure);
            LOG.warn("The destination fails ({}); events wait until it recovers.", lastFailure);
        }
        outcomes.failed(flight.work(), flight.target().integration().revision(), result);
        long due = now + backoff(flight.work());
        Optional<Duration> asked = result instanceof SendResult.Answered answered
                ? Optional.ofNullable(answered.answer().headers().get("retry-after"))
                        .flatMap(header -> RetryAfter.parse(header, Instant.ofEpochMilli(now)))
                : Optional.empty();
        if (asked.isPresent()) {
            long until = now + asked.get().toMillis();
            gate.closedUntil(until);
            due = Math.max(due, until);
        }
        again(flight.work(), due);
    }

    private static Work.Refusal refusal(Flight flight, SendResult result, long now) {
        Answer answer = result instanceof SendResult.Answered answered
                ? answered.answer()
                : new Answer(0, Map.of(), Outcomes.what(result));
        return new Work.Refusal(
                flight.record(),
                flight.event(),
                flight.sent(),
                flight.target().integration().revision(),
                answer,
                now);
    }

    private void setupBlamed(Flight flight, SendResult result, long now) {
        Work work = flight.work();
        lastFailure = Outcomes.what(result);
        switch (suspicion.setup(work)) {
            case REJECT -> reject(work);
            case HOLD -> {
                outcomes.failed(work, flight.target().integration().revision(), result);
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

    private void refused(Work work, SendResult result, long now) {
        if (suspicion.refused(
                        work, Objects.requireNonNull(work.refusal, "refusal").answer())
                == Suspicion.Ruling.PAUSE) {
            pause(new Pause(
                    Suspicion.REFUSAL_LIMIT + " different events in a row were refused alike, '" + Outcomes.what(result)
                            + "', and none was accepted between: check the integration's parameters and mapping",
                    false,
                    now));
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
        work.dueAt = due;
        queue(work).add(work);
    }

    private RetryQueue queue(Work work) {
        return work.feed instanceof ReplayFeed ? replayed : live;
    }

    void pauseByHand() {
        pause(new Pause(BY_HAND, true, clock.millis()));
    }

    private void pause(Pause next) {
        pause = next;
        nextProbeAt = next.since() + PROBE_MILLIS;
        everythingDue(next.since());
        journal.pause(next.why(), next.since());
        LOG.warn("The lane is paused and its events stay pending: {}.", next.why());
    }

    /// Sends again, if it was paused; whatever waits is due at once.
    void resume(String why) {
        long now = clock.millis();
        everythingDue(now);
        gate.forgetWaits();
        if (pause != null) {
            pause = null;
            journal.resume(now);
            LOG.info("The lane goes on: {}.", why);
        }
    }

    private void everythingDue(long now) {
        suspicion.release().forEach(held -> again(held, now));
        live.allDue(now);
        replayed.allDue(now);
    }

    /// Another pin counts from the next attempt on.
    void changed(Target before, Target next) {
        current = next.integration();
        if (!next.integration().delivery().equals(before.integration().delivery())) {
            outlet.retire();
            outlet = new Outlet(next.integration().delivery(), guard, clock);
            gate.change(next.integration().delivery(), clock.millis());
        }
        String pinned = "revision " + next.integration().revision() + " "
                + next.pin().mode().name().toLowerCase(java.util.Locale.ROOT)
                + (next.pin().enabled() ? "" : " disabled");
        mark(Mark.PIN, pinned);
        LOG.info("The lane now runs {}.", pinned);
        if (pause == null || !pause.byHand()) {
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

    /// What the last failed attempt came to.
    String lastFailure() {
        return lastFailure;
    }

    @Override
    public void close() {
        outlet.close();
    }
}
