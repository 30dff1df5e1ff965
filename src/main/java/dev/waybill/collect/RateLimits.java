package dev.waybill.collect;

import dev.waybill.http.Refusal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A token bucket for each write key. Safe for threads.
final class RateLimits {
    private final Map<String, TokenBucket> buckets = new ConcurrentHashMap<>();

    /// Forgets the buckets of write keys that are no more.
    void keepOnly(PipelineIndex pipelines) {
        buckets.keySet().retainAll(pipelines.byWriteKey().keySet());
    }

    /// @param perSecond events a second, or null for no limit
    /// @param now milliseconds of the epoch
    /// @throws Refusal 429 when the write key sends more than its rate
    void check(String writeKey, int events, @Nullable Double perSecond, long now) {
        if (perSecond == null || events == 0) {
            return;
        }
        long wait = buckets.computeIfAbsent(writeKey, _ -> new TokenBucket(perSecond, now))
                .take(events, perSecond, now);
        if (wait > 0) {
            throw new Refusal(
                    429,
                    "rate_limited",
                    "this write key sends more than its %s events a second; send again later".formatted(perSecond),
                    Math.toIntExact((wait + 999) / 1000));
        }
    }
}
