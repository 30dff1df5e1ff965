/// What needs somebody's attention now, and what to do about it: for the overview and for the alerts.
///
/// ```
///   lanes, series, metrics, disk, workspace ── Readings ──> LaneNumbers, ServerNumbers ── rules ──> Findings
/// ```
///
/// The rules ([dev.waybill.attention.LaneRules], [dev.waybill.attention.ServerRules]) are pure functions over numbers:
/// no clock, no I/O. Each finding is of one [dev.waybill.attention.Kind], which has its severity, when it applies and
/// what to do; docs/attention.md lists them, and a test holds the two equal. There is at most one finding of a
/// [dev.waybill.attention.Subject]: a kind and lane, and a reason or event where each is told of by itself. A rule that
/// has too little to judge by says so ([dev.waybill.attention.Findings#unknown()]): that is not
/// the same as "all is well", and nobody may be told of a recovery because of it. How something that was found ends
/// is an [dev.waybill.attention.Ending], and not each is a recovery.
///
/// Threading: [dev.waybill.attention.Attention] may be asked by any thread; what reads the disk is kept for a minute.
@NullMarked
package dev.waybill.attention;

import org.jspecify.annotations.NullMarked;
