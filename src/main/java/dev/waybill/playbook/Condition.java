package dev.waybill.playbook;

import dev.waybill.event.Event;

/// A question about a received event. Pure and safe for threads.
@FunctionalInterface
interface Condition {
    /// Whether it holds; false too when it meets a missing field or can't be worked out.
    boolean holds(Event event);
}
