package dev.waybill.attention;

import dev.waybill.journal.LaneKey;
import dev.waybill.lane.LaneStatus;
import dev.waybill.lane.TrimmedKeys;
import java.util.Collection;
import java.util.OptionalLong;

/// What the rules look at in one lane.
///
/// @param oldestPending the age of the oldest pending event in milliseconds; empty when none is pending
/// @param maxEventAge in milliseconds
/// @param mapped the event names that the pinned revision maps
/// @param trimmed since the server's start
/// @param confirmed whether somebody confirmed the integration with the destination
/// @param upMillis for how long the server runs
record LaneNumbers(
        LaneKey key,
        LaneStatus status,
        long pending,
        OptionalLong oldestPending,
        long maxEventAge,
        Samples.Trend trend,
        Recent recent,
        Past past,
        Collection<String> mapped,
        TrimmedKeys.Report trimmed,
        boolean confirmed,
        long upMillis) {}
