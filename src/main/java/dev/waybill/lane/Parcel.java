package dev.waybill.lane;

import dev.waybill.event.Event;
import dev.waybill.kit.KitRequest;
import dev.waybill.kit.Mapped;
import dev.waybill.log.LogRecord;

/// One event that was decided to be sent. Immutable but for its work.
///
/// @param sent the request as it may be kept and shown
/// @param request the same with the secrets filled in
/// @param target what the lane worked for when it was decided
record Parcel(Work work, LogRecord record, Event event, Mapped.Deliver sent, KitRequest request, Target target) {}
