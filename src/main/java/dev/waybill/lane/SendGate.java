package dev.waybill.lane;

import dev.waybill.deliver.Breaker;
import dev.waybill.deliver.BreakerState;
import dev.waybill.deliver.RateLimiter;
import dev.waybill.kit.Delivery;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Whether a lane may send now: breaker, the destination's `Retry-After`, rate, and how many are under way. Belongs to
/// the lane's thread. Times are milliseconds of the epoch.
final class SendGate {
    /// Only a signal can change it: an answer, an outcome that became durable.
    static final long UNTIL_SIGNAL = Long.MAX_VALUE;

    private final Breaker breaker = new Breaker(ThreadLocalRandom.current());
    private final Durables durables;
    private Delivery delivery;
    private RateLimiter limiter;
    private int requests;
    private int events;
    /// Events that wait to go in one request: they will be on the wire without a further look at their number.
    private int gathered;
    private long notBefore;

    SendGate(Delivery delivery, Durables durables, long now) {
        this.delivery = delivery;
        this.durables = durables;
        this.limiter = new RateLimiter(delivery.ratePerSecond(), nanos(now));
    }

    void change(Delivery changed, long now) {
        delivery = changed;
        limiter = new RateLimiter(changed.ratePerSecond(), nanos(now));
    }

    /// How many milliseconds until it opens; 0 when it is open, [#UNTIL_SIGNAL] when only a signal can open it.
    long opensIn(long now) {
        return durables.full(events + gathered, delivery.maxInFlight()) ? UNTIL_SIGNAL : opensForRequestIn(now);
    }

    /// The same for events that are gathered already.
    long opensForRequestIn(long now) {
        if (requests >= delivery.concurrency()) {
            return UNTIL_SIGNAL;
        }
        long breakerOpens = breaker.nextAttemptAt(nanos(now));
        if (breakerOpens == Long.MAX_VALUE) {
            return UNTIL_SIGNAL;
        }
        long waits = Math.max(notBefore - now, millisUp(breakerOpens - nanos(now)));
        return Math.max(waits, millisUp(limiter.nanosUntilPermit(nanos(now))));
    }

    /// So many events wait to go in one request.
    void gathered(int count) {
        gathered = count;
    }

    /// Takes the leave for one attempt with so many events; the gate must be open.
    Breaker.Permit enter(int count, long now) {
        Breaker.@Nullable Permit permit = breaker.permit(nanos(now));
        if (permit == null) {
            throw new IllegalStateException("The gate is closed");
        }
        limiter.take(nanos(now));
        requests++;
        events += count;
        return permit;
    }

    /// An attempt ended with a sign of life. Returns whether that closed the breaker.
    boolean answered(Breaker.Permit permit, int count) {
        left(count);
        return breaker.onSuccess(permit);
    }

    /// An attempt ended without one. Returns whether that opened the breaker.
    boolean failed(Breaker.Permit permit, int count, long now) {
        left(count);
        return breaker.onFailure(permit, nanos(now));
    }

    private void left(int count) {
        requests--;
        events -= count;
    }

    /// The destination asked to be left alone until then.
    void closedUntil(long time) {
        notBefore = Math.max(notBefore, time);
    }

    /// Somebody wants it tried now.
    void forgetWaits() {
        notBefore = 0;
    }

    /// Events on the wire.
    int onWire() {
        return events;
    }

    boolean breakerOpen() {
        return !(breaker.state() instanceof BreakerState.Closed);
    }

    long notBefore() {
        return notBefore;
    }

    private static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private static long millisUp(long nanos) {
        return nanos <= 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(nanos - 1) + 1;
    }
}
