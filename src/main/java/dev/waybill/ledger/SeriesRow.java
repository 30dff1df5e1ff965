package dev.waybill.ledger;

import java.util.Map;

/// One minute or day of a lane.
///
/// @param start of the minute or day, milliseconds of the epoch
/// @param events the same by event name, at most 200 names, the rest as `other`
public record SeriesRow(long start, Counts total, Map<String, Counts> events) {
    public SeriesRow {
        events = Map.copyOf(events);
    }
}
