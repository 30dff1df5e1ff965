package dev.waybill.deliver;

/// A token bucket: so many requests a second, with a burst of a tenth of a second's worth (at least one). It is told
/// the time, in nanoseconds of a monotone clock such as [System#nanoTime()], and never sleeps. For one thread.
public final class RateLimiter {
    private static final double NANOS_PER_SECOND = 1e9;
    /// What rounding may keep a full token from being whole.
    private static final double ROUNDING = 1e-6;

    private final double ratePerSecond;
    private final double burst;
    private double tokens;
    private long refilledAt;

    /// A full bucket.
    ///
    /// @param ratePerSecond above 0; [Double#POSITIVE_INFINITY] for unlimited
    public RateLimiter(double ratePerSecond, long now) {
        if (!(ratePerSecond > 0)) {
            throw new IllegalArgumentException("ratePerSecond is " + ratePerSecond + ", but must be above 0");
        }
        this.ratePerSecond = ratePerSecond;
        this.burst = Math.max(1, ratePerSecond / 10);
        this.tokens = burst;
        this.refilledAt = now;
    }

    /// How long until [#take(long)] may be called; 0 for now. Takes nothing.
    public long nanosUntilPermit(long now) {
        if (ratePerSecond == Double.POSITIVE_INFINITY) {
            return 0;
        }
        refill(now);
        double missing = 1 - ROUNDING - tokens;
        return missing <= 0 ? 0 : (long) Math.ceil(missing / ratePerSecond * NANOS_PER_SECOND);
    }

    /// Takes the permit that [#nanosUntilPermit(long)] just said is there.
    public void take(long now) {
        if (ratePerSecond == Double.POSITIVE_INFINITY) {
            return;
        }
        if (nanosUntilPermit(now) > 0) {
            throw new IllegalStateException("There is no permit to take yet");
        }
        tokens = Math.max(0, tokens - 1);
    }

    private void refill(long now) {
        long passed = now - refilledAt;
        if (passed > 0) {
            tokens = Math.min(burst, tokens + passed / NANOS_PER_SECOND * ratePerSecond);
            refilledAt = now;
        }
    }
}
