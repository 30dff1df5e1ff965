package dev.waybill.http;

import java.util.concurrent.atomic.AtomicLong;

/// The memory that bodies larger than a usual event may take together: many connections that each send a large body
/// slowly must not fill the heap. Safe for threads.
final class BodyMemory {
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    BodyMemory(long limit) {
        this.limit = limit;
    }

    /// @throws Refusal 503 when the bodies in hand hold all there is
    void reserve(long bytes) {
        if (bytes > 0 && used.addAndGet(bytes) > limit) {
            used.addAndGet(-bytes);
            throw new Refusal(503, "overloaded", "too many large bodies at once; send again in a second", 1);
        }
    }

    void release(long bytes) {
        if (bytes > 0) {
            used.addAndGet(-bytes);
        }
    }

    long used() {
        return used.get();
    }
}
