package dev.waybill.lane;

import dev.waybill.decide.Decision;
import dev.waybill.event.Event;
import dev.waybill.kit.Mapped;
import dev.waybill.log.LogRecord;
import dev.waybill.outcome.Reason;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.function.Consumer;

/// Decides about one record after the other, and hands each on: to be sent, to wait for an identifier, or ended.
/// Belongs to the lane's thread.
final class Deciding {
    private static final long UNREADABLE_MILLIS = 5_000;

    private final Facts facts;
    private final IdentityWait identities;
    private final Outcomes outcomes;
    private final Durables durables;
    private final Attempts attempts;
    private final InstantSource clock;
    private final Consumer<Work> resolved;
    private final Consumer<Work> held;

    /// @param resolved told of each event that ended here
    /// @param held told of each event that waits for an identifier now
    Deciding(
            Facts facts,
            IdentityWait identities,
            Outcomes outcomes,
            Durables durables,
            Attempts attempts,
            InstantSource clock,
            Consumer<Work> resolved,
            Consumer<Work> held) {
        this.facts = facts;
        this.identities = identities;
        this.outcomes = outcomes;
        this.durables = durables;
        this.attempts = attempts;
        this.clock = clock;
        this.resolved = resolved;
        this.held = held;
    }

    /// Decides about the record of one work.
    ///
    /// @throws UncheckedIOException when the browsers' reports can't be read now; the work is tried again later
    void decide(Work work, LogRecord record, Target target) {
        Event event;
        try {
            event = target.reader().read(record);
        } catch (IllegalArgumentException e) {
            String why = String.valueOf(e.getMessage());
            outcomes.unreadable(work, record, target, why, durables.recording(false));
            resolved.accept(work);
            return;
        }
        outcomes.seen(work, event);
        Joined known = work.joined;
        if (known != null
                && known.kit().equals(target.integration().kit())
                && known.receivedAt() > facts.identifiersEndAt(event)
                && target.reader().canJoin(event)) {
            joined(work, record, event, known, target);
            return;
        }
        Decision decision = decision(work, event, target);
        if (decision instanceof Decision.Stop stop
                && stop.reason() == Reason.MISSING_IDENTITY
                && target.reader().canJoin(event)) {
            unidentified(work, record, event, stop, target);
        } else {
            carryOut(work, record, event, decision, target);
        }
    }

    private Decision decision(Work work, Event event, Target target) {
        return target.decider()
                .decide(event, clock.millis(), work.feed.traffic(), facts.at(work.feed.logSequence(work.sequence)));
    }

    /// The event would end for want of an identifier.
    private void unidentified(Work work, LogRecord record, Event event, Decision.Stop stop, Target target) {
        IdentityWait.Answer answer;
        try {
            answer = identities.ask(work, event, target, facts.identifiersEndAt(event), clock.millis());
        } catch (UncheckedIOException e) {
            attempts.again(work, clock.millis() + UNREADABLE_MILLIS);
            throw e;
        }
        switch (answer) {
            case IdentityWait.Answer.Found(Joined joined) -> {
                work.joined = joined;
                joined(work, record, event, joined, target);
            }
            case IdentityWait.Answer.Waits _ -> held.accept(work);
            case IdentityWait.Answer.Absent(var failure) -> {
                // What the page itself wrote on the event comes first.
                boolean told = failure == null || String.valueOf(stop.detail()).contains("the ID sync failed");
                Decision.Stop said = told ? stop : stop.saying("; the ID sync failed: " + failure.code());
                carryOut(work, record, event, said, target);
            }
        }
    }

    /// Decides from the beginning with the identifier on the event: it may be a suppressed one.
    private void joined(Work work, LogRecord record, Event lacking, Joined joined, Target target) {
        Event event = target.reader().join(lacking, joined.puid());
        carryOut(work, record, event, decision(work, event, target).with(joined.notice(lacking)), target);
    }

    private void carryOut(Work work, LogRecord record, Event event, Decision decision, Target target) {
        switch (decision) {
            case Decision.Stop stop -> {
                outcomes.stopped(work, record, event, stop, target, durables.recording(false));
                resolved.accept(work);
            }
            case Decision.Send(Mapped.Deliver shown) -> send(work, record, event, shown, target);
        }
    }

    private void send(Work work, LogRecord record, Event event, Mapped.Deliver shown, Target target) {
        Mapped real = target.integration().hasSecrets() ? target.integration().mapForSending(event) : shown;
        switch (real) {
            case Mapped.Deliver deliver ->
                attempts.send(new Parcel(work, record, event, shown, deliver.request(), target));
            case Mapped.Stopped stopped -> {
                // Only the secrets' own values make this differ from what is shown, such as one that breaks a limit.
                Decision.Stop stop = new Decision.Stop(stopped.reason(), stopped.detail(), stopped.notices(), null);
                outcomes.stopped(work, record, event, stop, target, durables.recording(false));
                resolved.accept(work);
            }
        }
    }
}
