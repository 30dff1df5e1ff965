package dev.waybill.journal;

import dev.waybill.journal.Entry.Attempted;
import dev.waybill.journal.Entry.Decided;
import dev.waybill.journal.Entry.Marked;
import dev.waybill.ledger.LaneSeries;
import dev.waybill.ledger.MissingCause;
import dev.waybill.outcome.NoticeCode;
import dev.waybill.outcome.Outcome;
import dev.waybill.outcome.Reason;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What follows from a lane's durable entries. Safe for threads: each method holds the object's lock, and a group of
/// calls that must agree holds it around them.
final class LaneState {
    private static final int MAX_ATTEMPTS_KNOWN = 10_000;
    private static final int MAX_NAMES = 200;
    private static final String OTHER = "other";

    private final long start;
    private final LaneSeries series;
    final RangeSet decided;
    final RangeSet accepted;
    final PositionSpans spans = new PositionSpans();
    final Map<Reason, Long> reasons = new EnumMap<>(Reason.class);
    /// By [MissingCause]; they add up to the count of `missing_identity`.
    final Map<String, Long> missing = new TreeMap<>();
    final Map<NoticeCode, Long> notices = new EnumMap<>(NoticeCode.class);
    final Map<String, Long> events = new TreeMap<>();
    final Map<Long, Integer> attempts = new LinkedHashMap<>();
    long delivered;
    long known;

    @Nullable
    String paused;
    /// The journal sequence behind the last applied entry.
    long through;

    LaneState(long start, LaneSeries series) {
        this.start = start;
        this.series = series;
        this.decided = new RangeSet(start);
        this.accepted = new RangeSet(start);
        this.known = start;
    }

    long start() {
        return start;
    }

    LaneSeries series() {
        return series;
    }

    /// Applies one durable entry.
    ///
    /// @param sequence its journal sequence
    synchronized void apply(long sequence, Entry entry) {
        through = sequence + 1;
        switch (entry) {
            case Decided end -> decided(sequence, end);
            case Attempted attempt -> attempted(sequence, attempt);
            case Marked marked -> {
                spans.note(sequence, Long.MAX_VALUE, 0);
                if (marked.mark() == Mark.PAUSE) {
                    paused = marked.detail();
                } else if (marked.mark() == Mark.RESUME) {
                    paused = null;
                }
            }
        }
    }

    /// Passes over what is not an entry, or can't be read.
    synchronized void skipTo(long next) {
        through = next;
    }

    private void decided(long sequence, Decided entry) {
        spans.note(sequence, entry.first(), entry.next());
        known = Math.max(known, entry.next());
        long fresh = decided.add(entry.first(), entry.next());
        if (fresh == 0) {
            return;
        }
        accepted(entry.first(), entry.count(), entry.event(), entry.at());
        Reason reason = entry.reason();
        if (entry.outcome() == Outcome.DELIVERED || reason == null) {
            delivered += fresh;
            String name = events.containsKey(entry.event()) || events.size() < MAX_NAMES ? entry.event() : OTHER;
            events.merge(name, fresh, Long::sum);
        } else {
            reasons.merge(reason, fresh, Long::sum);
            if (reason == Reason.MISSING_IDENTITY) {
                missing.merge(MissingCause.of(entry.detail()), fresh, Long::sum);
            }
        }
        entry.notices().forEach(code -> notices.merge(code, 1L, Long::sum));
        series.decided(reason, entry.event(), fresh, entry.at());
        if (entry.count() == 1) {
            attempts.remove(entry.first());
        } else {
            attempts.keySet().removeIf(position -> position >= entry.first() && position < entry.next());
        }
    }

    private void attempted(long sequence, Attempted entry) {
        spans.note(sequence, entry.sequence(), entry.sequence() + 1);
        known = Math.max(known, entry.sequence() + 1);
        if (decided.contains(entry.sequence())) {
            return;
        }
        attempts.put(entry.sequence(), entry.attempt());
        if (attempts.size() > MAX_ATTEMPTS_KNOWN) {
            attempts.remove(attempts.keySet().iterator().next());
        }
    }

    /// Counts, in the series, positions that were not accepted before.
    synchronized void accepted(long first, long count, String event, long at) {
        long fresh = accepted.add(first, first + count);
        if (fresh > 0) {
            series.accepted(event, fresh, at);
        }
    }

    synchronized boolean isDecided(long position) {
        return decided.contains(position);
    }

    synchronized long firstUndecided() {
        return decided.firstAbsent();
    }

    synchronized long nextUndecided(long position) {
        return decided.nextAbsent(position);
    }

    synchronized long nextDecided(long position) {
        return decided.nextPresent(position);
    }

    synchronized long known() {
        return known;
    }

    synchronized int gapsBelow(long position) {
        return decided.gapsBelow(position);
    }

    synchronized List<long[]> gaps(long position, int max) {
        return decided.gaps(position, max);
    }

    synchronized int attempts(long position) {
        return attempts.getOrDefault(position, 0);
    }

    synchronized long through() {
        return through;
    }

    synchronized List<long[]> stretches(long first, long end) {
        return spans.overlapping(first, end, through);
    }

    synchronized long neededFrom(long position) {
        return spans.neededFrom(position, through);
    }

    synchronized void forgetStretches(long before) {
        spans.dropBefore(before);
    }

    synchronized Snapshot snapshot(long logEnd, Optional<String> pausedNow) {
        // The log's end can't be lower than what was decided, but for a log whose tail was lost just now.
        long accepted = Math.max(logEnd, decided.end()) - start;
        Map<Reason, Long> filtered = new EnumMap<>(Reason.class);
        Map<Reason, Long> rejected = new EnumMap<>(Reason.class);
        reasons.forEach(
                (reason, count) -> (reason.outcome() == Outcome.FILTERED ? filtered : rejected).put(reason, count));
        return new Snapshot(
                accepted,
                delivered,
                filtered,
                rejected,
                missing,
                accepted - decided.size(),
                notices,
                events,
                pausedNow);
    }
}
