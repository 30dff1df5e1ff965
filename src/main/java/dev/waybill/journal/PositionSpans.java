package dev.waybill.journal;

import java.util.ArrayList;
import java.util.List;

/// Which positions the entries of each stretch of the journal speak of, so that a trace reads only the stretches it
/// needs. A stretch is some thousand entries; when there are too many, neighbours are joined. Not safe for threads.
final class PositionSpans {
    static final int ENTRIES = 16_384;
    private static final int MAX_SPANS = 1024;

    /// A stretch of the journal.
    ///
    /// @param from the first journal sequence; the stretch goes on to the next one's
    /// @param low the lowest position; Long.MAX_VALUE when none is spoken of
    /// @param end behind the highest position; 0 when none is spoken of
    record Span(long from, long low, long end) {}

    private final List<Span> spans = new ArrayList<>();
    private long entriesInSpan = ENTRIES;

    void note(long sequence, long low, long end) {
        Span last = spans.isEmpty() ? null : spans.getLast();
        if (last == null || sequence - last.from() >= entriesInSpan) {
            spans.add(new Span(sequence, low, end));
            if (spans.size() > MAX_SPANS) {
                join();
            }
        } else if (low < last.low() || end > last.end()) {
            spans.set(spans.size() - 1, new Span(last.from(), Math.min(low, last.low()), Math.max(end, last.end())));
        }
    }

    private void join() {
        List<Span> joined = new ArrayList<>();
        for (int i = 0; i < spans.size(); i += 2) {
            Span first = spans.get(i);
            Span second = i + 1 < spans.size() ? spans.get(i + 1) : first;
            joined.add(
                    new Span(first.from(), Math.min(first.low(), second.low()), Math.max(first.end(), second.end())));
        }
        spans.clear();
        spans.addAll(joined);
        entriesInSpan *= 2;
    }

    void restore(List<Long> flat) {
        for (int i = 0; i + 2 < flat.size(); i += 3) {
            spans.add(new Span(flat.get(i), flat.get(i + 1), flat.get(i + 2)));
        }
        if (spans.size() > 1) {
            entriesInSpan =
                    Math.max(ENTRIES, spans.get(1).from() - spans.getFirst().from());
        }
    }

    /// All spans as from, low, end, from, low, end, …
    List<Long> flat() {
        List<Long> flat = new ArrayList<>();
        spans.forEach(span -> flat.addAll(List.of(span.from(), span.low(), span.end())));
        return flat;
    }

    /// The stretches of the journal that speak of any of the positions, as from and next journal sequence.
    List<long[]> overlapping(long first, long end, long journalEnd) {
        List<long[]> found = new ArrayList<>();
        for (int i = 0; i < spans.size(); i++) {
            Span span = spans.get(i);
            if (span.low() < end && span.end() > first) {
                found.add(new long[] {
                    span.from(), i + 1 < spans.size() ? spans.get(i + 1).from() : journalEnd
                });
            }
        }
        return found;
    }

    /// The first journal sequence that must stay when nobody asks for positions before that one.
    long neededFrom(long position, long journalEnd) {
        for (Span span : spans) {
            if (span.end() > position) {
                return span.from();
            }
        }
        return journalEnd;
    }

    /// Forgets the stretches that lie wholly before that journal sequence.
    void dropBefore(long sequence) {
        while (spans.size() > 1 && spans.get(1).from() <= sequence) {
            spans.removeFirst();
        }
    }
}
