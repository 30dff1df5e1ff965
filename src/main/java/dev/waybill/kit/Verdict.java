package dev.waybill.kit;

/// What an answer means for the event. The kit's rules decide; the defaults are DESIGN's: delivered 2xx; retry 408,
/// 423,
/// 425, 429 and 5xx but 501; setup 401, 403, 404, 405, 410 and 3xx; rejected 501 and every other 4xx.
public enum Verdict {
    /// The destination has it.
    DELIVERED,
    /// The destination can't take it now: the event waits.
    RETRY,
    /// The integration is set up wrong: no event's fault.
    SETUP,
    /// The destination will never take this event.
    REJECTED
}
