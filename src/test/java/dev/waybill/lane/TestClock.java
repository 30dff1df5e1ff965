package dev.waybill.lane;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/// The system's clock, put forward by a test. Safe for threads.
public final class TestClock implements InstantSource {
    private final AtomicLong ahead = new AtomicLong();
    private final AtomicLong reads = new AtomicLong();

    /// A lane that sleeps meanwhile does not notice: see [LaneRig#later(Duration)].
    public void forward(Duration time) {
        ahead.addAndGet(time.toMillis());
    }

    /// How often it was asked.
    long reads() {
        return reads.get();
    }

    @Override
    public Instant instant() {
        reads.incrementAndGet();
        return Instant.now().plusMillis(ahead.get());
    }
}
