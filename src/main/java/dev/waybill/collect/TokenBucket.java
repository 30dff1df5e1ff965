package dev.waybill.collect;

/// Limits a rate, with bursts of up to one second's worth. Safe for threads.
///
/// A cost above the whole bucket is let through when the bucket is full, and leaves a debt: otherwise a large batch
/// could
/// never pass a small limit.
final class TokenBucket {
    private double tokens;
    private double ratePerSecond;
    private long filledAt;

    /// @param now milliseconds of any clock
    TokenBucket(double ratePerSecond, long now) {
        this.ratePerSecond = ratePerSecond;
        this.tokens = burst();
        this.filledAt = now;
    }

    /// Takes tokens, or says how long until it would give them.
    ///
    /// @return 0 when taken, else milliseconds to wait, at least 1
    synchronized long take(int cost, double rate, long now) {
        ratePerSecond = rate;
        tokens = Math.min(burst(), tokens + Math.max(0, now - filledAt) * ratePerSecond / 1000);
        filledAt = now;
        double needed = Math.min(cost, burst());
        if (tokens >= needed) {
            tokens -= cost;
            return 0;
        }
        return Math.max(1, (long) Math.ceil((needed - tokens) * 1000 / ratePerSecond));
    }

    private double burst() {
        return Math.max(1, ratePerSecond);
    }
}
