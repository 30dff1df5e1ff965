package dev.waybill.lane;

import dev.waybill.deliver.Breaker;
import dev.waybill.event.Event;
import dev.waybill.kit.Mapped;
import dev.waybill.log.LogRecord;

/// One attempt under way. Immutable.
///
/// @param sent the request as it may be shown
/// @param startedAt milliseconds of the epoch
record Flight(
        Work work,
        LogRecord record,
        Event event,
        Mapped.Deliver sent,
        Target target,
        Breaker.Permit permit,
        long startedAt) {}
