package dev.waybill.bench;

import java.util.Locale;

/// Counts durations in buckets that are 1/64 of their value wide, so that any percentile is true within 2 %. It
/// takes a few kilobytes whatever it counts. Not safe for threads.
public final class Histogram {
    private static final int STEPS_BITS = 6;
    private static final int STEPS = 1 << STEPS_BITS;

    private final long[] counts = new long[(Long.SIZE - STEPS_BITS) * STEPS];
    private long total;
    private long largest;

    /// Counts one duration.
    ///
    /// @param nanos a negative one counts as 0
    public void record(long nanos) {
        long value = Math.max(0, nanos);
        counts[bucket(value)]++;
        total++;
        largest = Math.max(largest, value);
    }

    public void add(Histogram other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        total += other.total;
        largest = Math.max(largest, other.largest);
    }

    public long count() {
        return total;
    }

    /// The duration that the given share of all does not exceed, in milliseconds; 0 when nothing was counted.
    ///
    /// @param share 0 – 1, such as 0.99
    public double millis(double share) {
        long wanted = (long) Math.ceil(total * share);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted && seen > 0) {
                return Math.min(upper(i), largest) / 1e6;
            }
        }
        return 0;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "n=%d p50=%.2f ms p99=%.2f ms max=%.2f ms",
                total,
                millis(0.5),
                millis(0.99),
                largest / 1e6);
    }

    private static int bucket(long value) {
        int shift = Math.max(0, Long.SIZE - 1 - STEPS_BITS - Long.numberOfLeadingZeros(value | 1));
        return (shift << STEPS_BITS) + (int) (value >>> shift);
    }

    /// The largest value that falls into a bucket.
    private static long upper(int bucket) {
        int shift = Math.max(0, (bucket >>> STEPS_BITS) - 1);
        long step = bucket - ((long) shift << STEPS_BITS);
        return ((step + 1) << shift) - 1;
    }
}
