/// Every metric of Waybill, declared once: `/metrics`, docs/metrics.md and the alert rules take their names from here,
/// and
/// a test holds them equal.
///
/// Safe for threads. The parts that run on every event take their label children once
/// ([dev.waybill.metrics.LaneMetrics]).
@NullMarked
package dev.waybill.metrics;

import org.jspecify.annotations.NullMarked;
