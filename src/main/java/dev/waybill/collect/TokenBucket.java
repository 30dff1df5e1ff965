package dev.waybill.collect;

/// Limits a rate, with bursts of up to one second's worth or as told. Safe for threads.
///
/// A cost above the whole bucket is let through when the bucket is full, and leaves a debt: otherwise a large batch
/// could
/// never pass a small limit.
final class TokenBucket {
    private double tokens;
    private double ratePerSecond;
    private double burst;
    private long filledAt;

    /// @param now milliseconds of any clock
    TokenBucket(double ratePerSecond, long now) {
        this(ratePerSecond, oneSecond(ratePerSecond), now);
    }

    /// @param burst how many at once after a rest, at least 1
    TokenBucket(double ratePerSecond, double burst, long now) {
        this.ratePerSecond = ratePerSecond;
        this.burst = burst;
        this.tokens = burst;
        this.filledAt = now;
    }

    /// Takes tokens, or says how long until it would give them.
    ///
    /// @return 0 when taken, else milliseconds to wait, at least 1
    long take(int cost, double rate, long now) {
        return take(cost, rate, oneSecond(rate), now);
    }

    /// The same with a burst that isn't one second's worth.
    synchronized long take(int cost, double rate, double most, long now) {
        ratePerSecond = rate;
        burst = most;
        tokens = Math.min(burst, tokens + Math.max(0, now - filledAt) * ratePerSecond / 1000);
        filledAt = now;
        double needed = Math.min(cost, burst);
        if (tokens >= needed) {
            tokens -= cost;
            return 0;
        }
        return Math.max(1, (long) Math.ceil((needed - tokens) * 1000 / ratePerSecond));
    }

    private static double oneSecond(double rate) {
        return Math.max(1, rate);
    }
}
