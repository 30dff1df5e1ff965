/// A lane's memory: an append-only record of what was decided about each event, and the state that follows from it.
///
/// Invariants:
/// - A position (a sequence of the pipeline's log) is decided at most once. A second decision about it, as a crash may
///   leave, changes no count.
/// - Pending is counted from the set of decided positions, the counts from the decisions; that they agree is a check.
/// - What a reader sees (counts, ranges, series) are durable decisions only: a crash takes nothing back.
/// - A checkpoint is a shortcut. Without it the same state comes from the journal. A journal's segments are dropped
/// only
///   when the state that they led to stands durably in the journal itself, in a state frame behind them.
/// - What is damaged is reported, and its positions count as undecided: at worst an event is sent again.
///
/// On disk, in a lane's directory:
/// - `journal/`: a [dev.waybill.segments.SegmentedLog]. A frame's first byte is its version: 1 an [Entry], as
///   [EntryCodec] describes it; 2 a state frame, which holds the text of a checkpoint.
/// - `checkpoint`, `checkpoint.1` (the one before): a line with the CRC32C of the rest in hexadecimal, then JSON.
/// - `series/`: the closed minutes and quarters of [dev.waybill.ledger.LaneSeries].
///
/// Threads: one [JournalWriter] thread writes all journals of a server; its second thread writes their checkpoints.
/// [LaneJournal] may be used by any thread.
@NullMarked
package dev.waybill.journal;

import org.jspecify.annotations.NullMarked;
