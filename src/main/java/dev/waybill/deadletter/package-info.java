/// Events that can't be sent, kept whole so that a person can look and send them again.
///
/// On disk: one [dev.waybill.segments.SegmentedLog] for a data directory. A frame is a version byte (1), a kind byte
/// and
/// the fields of [LetterCodec]: kind 1 is a letter, kind 2 tells what became of a letter's replay. A letter is keyed by
/// lane and position; of several with one key the last counts. Old segments are dropped by age and size.
///
/// Memory: an index of the latest letters and replays, bounded; lists read the disk.
@NullMarked
package dev.waybill.deadletter;

import org.jspecify.annotations.NullMarked;
