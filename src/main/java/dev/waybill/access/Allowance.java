package dev.waybill.access;

/// So many at once, then one more in each interval. Belongs to one thread at a time.
final class Allowance {
    private final long most;
    private final long interval;

    /// When everything taken will have been earned again, in milliseconds of the epoch.
    private long earned;

    /// @param atOnce how many
    /// @param interval milliseconds until one more
    Allowance(int atOnce, long interval) {
        this.most = atOnce * interval;
        this.interval = interval;
    }

    /// Takes one.
    ///
    /// @return 0 when there was one, else in how many milliseconds there will be
    long take(long now) {
        long wait = untilNext(now);
        if (wait == 0) {
            earned = start(now) + interval;
        }
        return wait;
    }

    /// In how many milliseconds there will be one; 0 when there is.
    long untilNext(long now) {
        return Math.max(0, start(now) + interval - now - most);
    }

    /// A clock that was set back must not lock anybody out for longer than the whole.
    private long start(long now) {
        return Math.clamp(earned, now, now + most);
    }

    /// Gives one back that was taken for nothing.
    void giveBack() {
        earned -= interval;
    }

    /// Whether nothing is missing: then it may be forgotten.
    boolean isWhole(long now) {
        return earned <= now;
    }
}
