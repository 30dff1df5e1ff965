package dev.waybill.metrics;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How long events took, over the last hour, day and month, since the server's start. Nothing of it is on disk.
///
/// Each window is a ring of slots, each slot a histogram whose buckets are an eighth of a power of two wide: a quantile
/// is at most an eighth above the truth. A slot takes 1 kB and exists only once something was counted in it, so a
/// lane takes 270 kB at most. Safe for threads; adding takes about 100 ns.
public final class Latencies {
    private static final int STEPS_BITS = 3;
    private static final int STEPS = 1 << STEPS_BITS;

    /// Six days in milliseconds need 29 bits; what took longer stands in the last bucket.
    private static final int MAX_BITS = 29;

    private static final int BUCKETS = (MAX_BITS - STEPS_BITS + 1) * STEPS;

    private final Map<Window, Ring> rings = new EnumMap<>(Window.class);

    public Latencies() {
        for (Window window : Window.values()) {
            rings.put(window, new Ring(window));
        }
    }

    /// Half of the events took at most `p50` and all but a hundredth at most `p99`, in milliseconds.
    ///
    /// @param count of events, at least 1
    public record Quantiles(long count, long p50, long p99) {}

    /// Counts one event.
    ///
    /// @param millis how long it took; below 0 counts as 0
    /// @param at when it ended, in milliseconds of the epoch
    public synchronized void add(long millis, long at) {
        int bucket = bucket(millis);
        rings.values().forEach(ring -> ring.add(bucket, at));
    }

    /// Those of the window that ends at that time; empty when nothing ended in it.
    public Optional<Quantiles> of(Window window, long now) {
        long[] sums;
        synchronized (this) {
            sums = ring(window).sums(now);
        }
        long count = 0;
        for (long sum : sums) {
            count += sum;
        }
        return count == 0
                ? Optional.empty()
                : Optional.of(new Quantiles(count, quantile(sums, (count + 1) / 2), quantile(sums, rank99(count))));
    }

    private Ring ring(Window window) {
        return rings.computeIfAbsent(window, Ring::new);
    }

    private static long rank99(long count) {
        return count - count / 100;
    }

    private static long quantile(long[] sums, long rank) {
        long seen = 0;
        for (int bucket = 0; bucket < sums.length; bucket++) {
            seen += sums[bucket];
            if (seen >= rank) {
                return upperEnd(bucket);
            }
        }
        return upperEnd(sums.length - 1);
    }

    /// Below [#STEPS] exact; from there on [#STEPS] buckets for each power of two.
    static int bucket(long millis) {
        if (millis < STEPS) {
            return (int) Math.max(0, millis);
        }
        int power = 63 - Long.numberOfLeadingZeros(millis);
        int shift = power - STEPS_BITS;
        long bucket = ((long) (shift + 1) << STEPS_BITS) + ((millis >>> shift) - STEPS);
        return (int) Math.min(bucket, BUCKETS - 1);
    }

    /// The greatest value that falls into the bucket.
    static long upperEnd(int bucket) {
        int shift = (bucket >>> STEPS_BITS) - 1;
        return shift < 0 ? bucket : ((long) (STEPS + (bucket & (STEPS - 1)) + 1) << shift) - 1;
    }

    private static final class Ring {
        private final Window window;
        private final int[] @Nullable [] counts;
        private final long[] numbers;

        Ring(Window window) {
            this.window = window;
            this.counts = new int[window.slots()][];
            this.numbers = new long[window.slots()];
        }

        void add(int bucket, long at) {
            long number = Math.floorDiv(at, window.slotMillis());
            int slot = (int) Math.floorMod(number, (long) window.slots());
            int @Nullable [] into = counts[slot];
            if (into == null) {
                into = new int[BUCKETS];
                counts[slot] = into;
            } else if (numbers[slot] != number) {
                Arrays.fill(into, 0);
            }
            numbers[slot] = number;
            into[bucket]++;
        }

        long[] sums(long now) {
            long last = Math.floorDiv(now, window.slotMillis());
            long[] sums = new long[BUCKETS];
            for (int slot = 0; slot < counts.length; slot++) {
                int @Nullable [] from = counts[slot];
                if (from != null && numbers[slot] > last - window.slots() && numbers[slot] <= last) {
                    for (int bucket = 0; bucket < BUCKETS; bucket++) {
                        sums[bucket] += from[bucket];
                    }
                }
            }
            return sums;
        }
    }
}
