package dev.waybill.deliver;

import dev.waybill.deliver.BreakerState.Closed;
import dev.waybill.deliver.BreakerState.HalfOpen;
import dev.waybill.deliver.BreakerState.Open;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Keeps a lane from sending to a destination that is down. Closed, it lets everything through and counts failures;
/// ten in a row open it. Open, it lets one request through as a probe, after about 1 s, then at growing distances of at
/// most 30 s. The first success closes it.
///
/// A failure is an attempt whose verdict is *retry*. Any other answer, a 400 as much as a 200, is a sign of life and
/// counts as success. In a row is enough: in an outage with 64 requests under way the first ten to fail open it, and
/// failures sprinkled among successes never do. What was under way when it opened or closed and fails later is no
/// longer counted: the timeouts of an outage can't open it again after it has healed. A success always counts.
///
/// It is told the time, in nanoseconds of a monotone clock such as [System#nanoTime()], and never sleeps. For one
/// thread, or under the lane's lock.
public final class Breaker {
    public static final int DEFAULT_THRESHOLD = 10;

    private static final long FIRST_PROBE_NANOS = 1_000_000_000L;
    private static final long LONGEST_PROBE_NANOS = 30_000_000_000L;
    private static final int DOUBLINGS = 5;
    /// A probe comes up to this share of its distance earlier.
    private static final double JITTER = 0.25;

    private final int threshold;
    private final RandomGenerator random;
    private BreakerState state = new Closed(0);
    private long epoch;

    /// Leave to make one attempt. Give it back with exactly one of [#onSuccess(Permit)], [#onFailure(Permit, long)] and
    /// [#onAbandoned(Permit, long)].
    public static final class Permit {
        private final long epoch;

        private Permit(long epoch) {
            this.epoch = epoch;
        }
    }

    public Breaker(RandomGenerator random) {
        this(DEFAULT_THRESHOLD, random);
    }

    /// A closed one.
    ///
    /// @param threshold failures in a row that open it, at least 1
    public Breaker(int threshold, RandomGenerator random) {
        if (threshold < 1) {
            throw new IllegalArgumentException("threshold is " + threshold + ", but must be at least 1");
        }
        this.threshold = threshold;
        this.random = random;
    }

    /// Whether [#permit(long)] would give a permit. Changes nothing.
    public boolean mayAttempt(long now) {
        return switch (state) {
            case Closed _ -> true;
            case Open open -> now - open.nextProbeAt() >= 0;
            case HalfOpen _ -> false;
        };
    }

    /// Leave for one attempt, or null when none may be made now. From an open breaker it is the probe.
    public @Nullable Permit permit(long now) {
        if (!mayAttempt(now)) {
            return null;
        }
        if (state instanceof Open open) {
            enter(new HalfOpen(open.probes()));
        }
        return new Permit(epoch);
    }

    /// The destination gave a sign of life.
    ///
    /// @return whether this closed the breaker: what waits for a retry is due at once
    public boolean onSuccess(Permit permit) {
        boolean closes = !(state instanceof Closed);
        if (closes) {
            enter(new Closed(0));
        } else if (permit.epoch == epoch) {
            state = new Closed(0);
        }
        return closes;
    }

    /// The verdict was *retry*.
    ///
    /// @return whether this opened the breaker, from closed
    public boolean onFailure(Permit permit, long now) {
        if (permit.epoch != epoch) {
            return false;
        }
        return switch (state) {
            case Closed closed -> {
                boolean opens = closed.failures() + 1 >= threshold;
                if (opens) {
                    enter(new Open(0, now + untilProbe(0)));
                } else {
                    state = new Closed(closed.failures() + 1);
                }
                yield opens;
            }
            case HalfOpen(int probes) -> {
                enter(new Open(probes + 1, now + untilProbe(probes + 1)));
                yield false;
            }
            case Open _ -> false;
        };
    }

    /// No attempt was made after all. If it was to be the probe, another is due at once.
    public void onAbandoned(Permit permit, long now) {
        if (permit.epoch == epoch && state instanceof HalfOpen(int probes)) {
            enter(new Open(probes, now));
        }
    }

    public BreakerState state() {
        return state;
    }

    /// When [#mayAttempt(long)] turns true by time alone: `now` when it is, [Long#MAX_VALUE] while a probe
    /// is under way.
    public long nextAttemptAt(long now) {
        return switch (state) {
            case Closed _ -> now;
            case Open open -> now - open.nextProbeAt() >= 0 ? now : open.nextProbeAt();
            case HalfOpen _ -> Long.MAX_VALUE;
        };
    }

    /// Permits of before count no more as failures.
    private void enter(BreakerState next) {
        state = next;
        epoch++;
    }

    private long untilProbe(int failedProbes) {
        long distance = Math.min(LONGEST_PROBE_NANOS, FIRST_PROBE_NANOS << Math.min(failedProbes, DOUBLINGS));
        return (long) (distance * (1 - JITTER * random.nextDouble()));
    }
}
