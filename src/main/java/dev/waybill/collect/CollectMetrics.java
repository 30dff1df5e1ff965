package dev.waybill.collect;

import dev.waybill.event.EventType;

/// What the collector counts. Called by many threads, on the path of every request: it must not block.
public interface CollectMetrics {
    /// Events of a sound shape arrived for a pipeline, whether or not they are accepted then.
    void received(String pipeline, EventType type, int events);

    /// A request, or one event of a batch, was refused.
    ///
    /// @param reason the word that the sender was told
    void refused(String reason);

    /// Events are durable and their sender is told so.
    void accepted(String pipeline, int events);
}
