package dev.waybill.lane;

import dev.waybill.consent.Silence;
import dev.waybill.deadletter.DeadLetter;
import dev.waybill.deadletter.DeadLetters;
import dev.waybill.decide.Decider.Traffic;
import dev.waybill.decide.Decision;
import dev.waybill.deliver.SendResult;
import dev.waybill.event.BrowserFamily;
import dev.waybill.event.Event;
import dev.waybill.journal.Entry;
import dev.waybill.journal.LaneJournal;
import dev.waybill.journal.LaneKey;
import dev.waybill.json.JsonText;
import dev.waybill.kit.Answer;
import dev.waybill.kit.Mapped;
import dev.waybill.kit.MappedJson;
import dev.waybill.kit.Verdict;
import dev.waybill.ledger.MissingCause;
import dev.waybill.log.LogRecord;
import dev.waybill.metrics.LaneMetrics;
import dev.waybill.outcome.Notice;
import dev.waybill.outcome.NoticeCode;
import dev.waybill.outcome.Outcome;
import dev.waybill.outcome.Reason;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Writes down what became of events: the dead letter first where there is one, then the journal's entry. Belongs to
/// the lane's thread.
final class Outcomes {
    /// How much of an answer stands in a sentence, in characters; a dead letter keeps more.
    private static final int SHOWN = 160;

    /// What ends an event before its consent is asked for.
    private static final Set<Reason> BEFORE_CONSENT =
            EnumSet.of(Reason.LANE_DISABLED, Reason.DUPLICATE, Reason.EXPIRED, Reason.SUPPRESSED);

    private final LaneKey key;
    private final DeadLetters deadLetters;
    private final LaneMetrics metrics;
    private final LaneTap tap;
    private final InstantSource clock;

    Outcomes(LaneParts parts) {
        this.key = parts.key();
        this.deadLetters = parts.deadLetters();
        this.metrics = parts.metrics();
        this.tap = parts.tap();
        this.clock = parts.clock();
    }

    /// The lane reads an event for the first time.
    void seen(Work work, Event event) {
        if (work.feed.traffic() == Traffic.LIVE) {
            work.feed.journal().accepted(work.sequence, 1, event.countedName(), event.receivedAt());
        }
    }

    /// Events that can't be read any more. There are no bytes to keep as a dead letter.
    void gone(Work work, Feed.Gone gone, Target target, Runnable whenDurable) {
        Entry.Decided entry = new Entry.Decided(
                gone.sequence(),
                gone.count(),
                Outcome.REJECTED,
                gone.reason(),
                gone.detail(),
                "",
                revision(target),
                work.attempts,
                0,
                null,
                List.of(),
                clock.millis(),
                clock.millis());
        record(work, null, entry, null, whenDurable);
    }

    /// The lane was removed: what is pending ends.
    void removed(LaneJournal journal, long first, long count, Target target, Runnable whenDurable) {
        Entry.Decided entry = new Entry.Decided(
                first,
                count,
                Outcome.FILTERED,
                Reason.LANE_DISABLED,
                "the integration was removed from the pipeline",
                "",
                revision(target),
                0,
                0,
                null,
                List.of(),
                clock.millis(),
                clock.millis());
        journal.record(entry, whenDurable);
        metrics.decided(entry.outcome(), entry.reason(), count);
    }

    /// A record whose bytes are no event: it can be kept and looked at, not sent.
    void unreadable(Work work, LogRecord record, Target target, String why, Runnable whenDurable) {
        Entry.Decided entry = new Entry.Decided(
                work.sequence,
                1,
                Outcome.REJECTED,
                Reason.MAPPING_FAILED,
                why,
                record.header().type().text(),
                revision(target),
                work.attempts,
                0,
                null,
                List.of(),
                record.receivedAt(),
                clock.millis());
        reject(work, record, null, entry, null, null, whenDurable);
    }

    /// The decision was not to send.
    void stopped(Work work, LogRecord record, Event event, Decision.Stop stop, Target target, Runnable whenDurable) {
        Entry.Decided entry = new Entry.Decided(
                work.sequence,
                1,
                stop.reason().outcome(),
                stop.reason(),
                stop.detail(),
                event.countedName(),
                revision(target),
                work.attempts,
                0,
                null,
                codes(stop.notices()),
                event.receivedAt(),
                clock.millis());
        if (entry.outcome() == Outcome.REJECTED) {
            reject(work, record, event, entry, null, null, whenDurable);
        } else {
            record(work, event, entry, stop.wouldHaveSent(), whenDurable);
        }
    }

    /// The destination has it.
    void delivered(Parcel parcel, SendResult result, Runnable whenDurable) {
        Event event = parcel.event();
        long now = clock.millis();
        Entry.Decided entry = new Entry.Decided(
                parcel.work().sequence,
                1,
                Outcome.DELIVERED,
                null,
                null,
                event.countedName(),
                revision(parcel.target()),
                parcel.work().attempts,
                status(result),
                body(result),
                codes(parcel.sent().notices()),
                event.receivedAt(),
                now);
        record(parcel.work(), event, entry, parcel.sent(), whenDurable);
        if (parcel.work().feed.traffic() == Traffic.LIVE) {
            metrics.delivered(parcel.sent().event(), event.receivedAt(), now);
            parcel.sent().notices().forEach(notice -> metrics.notice(notice.code()));
        }
    }

    /// The destination will never take it: its last answer stands in the work.
    void refused(Work work, Work.Refusal refusal, Runnable whenDurable) {
        Answer answer = refusal.answer();
        Event event = refusal.event();
        Entry.Decided entry = new Entry.Decided(
                work.sequence,
                1,
                Outcome.REJECTED,
                Reason.REFUSED_BY_DESTINATION,
                said(answer),
                event.countedName(),
                refusal.revision(),
                work.attempts,
                answer.status(),
                answer.body(),
                codes(refusal.sent().notices()),
                event.receivedAt(),
                clock.millis());
        reject(work, refusal.record(), event, entry, refusal.sent(), answer, whenDurable);
    }

    /// An attempt failed and will be repeated.
    void failed(Work work, Flight flight, SendResult result) {
        String what = flight.size() == 1 ? what(result) : "in a batch of " + flight.size() + ": " + what(result);
        work.feed
                .journal()
                .record(new Entry.Attempted(
                        work.sequence, work.attempts, flight.revision(), status(result), what, clock.millis()));
    }

    void attempted(Verdict verdict, SendResult result) {
        metrics.attempt(verdict.name(), result.nanos() / (double) TimeUnit.SECONDS.toNanos(1));
    }

    private void reject(
            Work work,
            LogRecord record,
            @Nullable Event event,
            Entry.Decided entry,
            Mapped.@Nullable Deliver sent,
            @Nullable Answer answer,
            Runnable whenDurable) {
        Reason reason = entry.reason() == null ? Reason.REFUSED_BY_DESTINATION : entry.reason();
        DeadLetter letter = new DeadLetter(
                key,
                work.feed.logSequence(work.sequence),
                entry.at(),
                reason,
                entry.detail(),
                entry.event(),
                record,
                sent == null ? null : JsonText.write(MappedJson.request(sent.request())),
                answer == null ? null : Verdict.REJECTED.name().toLowerCase(java.util.Locale.ROOT),
                entry.status(),
                answer == null ? null : answer.body(),
                work.attempts,
                entry.revision());
        deadLetters.put(letter, () -> work.feed.journal().record(entry, whenDurable));
        told(work, event, entry, sent);
    }

    private void record(
            Work work,
            @Nullable Event event,
            Entry.Decided entry,
            Mapped.@Nullable Deliver request,
            Runnable whenDurable) {
        work.feed.journal().record(entry, whenDurable);
        told(work, event, entry, request);
    }

    private void told(Work work, @Nullable Event event, Entry.Decided entry, Mapped.@Nullable Deliver request) {
        if (work.feed.traffic() == Traffic.LIVE) {
            metrics.decided(entry.outcome(), entry.reason(), entry.count());
            if (entry.reason() == Reason.MISSING_IDENTITY) {
                BrowserFamily browser = event == null ? BrowserFamily.OTHER : BrowserFamily.of(event);
                metrics.missingIdentity(MissingCause.of(entry.detail()), browser.text());
            }
            if (event != null && (entry.reason() == null || !BEFORE_CONSENT.contains(entry.reason()))) {
                metrics.consent(Silence.of(event));
            }
        }
        if (work.feed instanceof ReplayFeed replay) {
            replay.ended(entry);
        }
        tap.decided(key, event, entry, request);
        if (work.feed.traffic() == Traffic.LIVE) {
            tap.ended(key, entry);
        }
    }

    private static int revision(Target target) {
        return target.integration().revision();
    }

    private static List<NoticeCode> codes(List<Notice> notices) {
        return notices.stream().map(Notice::code).toList();
    }

    private static int status(SendResult result) {
        return result instanceof SendResult.Answered answered
                ? answered.answer().status()
                : 0;
    }

    private static @Nullable String body(SendResult result) {
        return result instanceof SendResult.Answered answered
                ? answered.answer().body()
                : null;
    }

    /// What an attempt came to, in a few words.
    static String what(SendResult result) {
        return switch (result) {
            case SendResult.Answered answered -> said(answered.answer());
            case SendResult.Failed failed -> failed.message();
        };
    }

    private static String said(Answer answer) {
        return said(answer.status(), answer.body().strip());
    }

    /// @param code the HTTP status; 0 for none
    static String said(int code, String body) {
        String text = body.length() <= SHOWN ? body : body.substring(0, SHOWN) + "…";
        String status = code == 0 ? "" : "HTTP " + code;
        return text.isEmpty() ? status : status.isEmpty() ? text : status + ": " + text;
    }
}
