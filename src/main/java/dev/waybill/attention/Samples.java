package dev.waybill.attention;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/// A lane's running numbers of the last hour, one sample a minute, to see how they change. Nothing of it is on disk.
/// Not safe for threads.
final class Samples {
    static final long MINUTE = 60_000;
    private static final int KEPT = 61;

    private final Deque<Sample> samples = new ArrayDeque<>();

    /// @param silent of the `heard` events that reached the consent decision, those without a signal
    /// @param trimmed keys and values cut or left out
    record Sample(long at, long pending, long silent, long heard, long trimmed) {}

    /// How the numbers changed.
    ///
    /// @param known for how long there are samples, in milliseconds, at most an hour
    /// @param fiveMinutesAgo pending then, or at the first sample when that is later
    /// @param tenMinutesAgo likewise
    /// @param drainPerSecond by how much pending shrinks, over the last 5 minutes at most; below 0 when it grows
    /// @param silent in the last hour, as are `heard` and `trimmed`
    record Trend(
            long known,
            long fiveMinutesAgo,
            long tenMinutesAgo,
            double drainPerSecond,
            long silent,
            long heard,
            long trimmed) {
        static final Trend NONE = new Trend(0, 0, 0, 0, 0, 0, 0);
    }

    /// Whether a minute has passed since the last one, or the clock was set back.
    boolean due(long now) {
        return samples.isEmpty()
                || now - samples.getLast().at() >= MINUTE
                || now < samples.getLast().at();
    }

    void add(Sample sample) {
        if (!samples.isEmpty() && sample.at() < samples.getLast().at()) {
            samples.clear();
        }
        samples.addLast(sample);
        while (samples.size() > KEPT) {
            samples.removeFirst();
        }
    }

    /// From the samples to these numbers.
    Trend trend(Sample now) {
        if (samples.isEmpty()) {
            return Trend.NONE;
        }
        Sample hour = samples.getFirst();
        Sample five = atLeast(5, now.at());
        double seconds = (now.at() - five.at()) / 1e3;
        return new Trend(
                now.at() - hour.at(),
                five.pending(),
                atLeast(10, now.at()).pending(),
                seconds < 1 ? 0 : (five.pending() - now.pending()) / seconds,
                now.silent() - hour.silent(),
                now.heard() - hour.heard(),
                now.trimmed() - hour.trimmed());
    }

    /// The latest sample that is at least so many minutes old, or the first.
    private Sample atLeast(int minutes, long now) {
        for (Iterator<Sample> latestFirst = samples.descendingIterator(); latestFirst.hasNext(); ) {
            Sample sample = latestFirst.next();
            if (now - sample.at() >= minutes * MINUTE) {
                return sample;
            }
        }
        return samples.getFirst();
    }
}
