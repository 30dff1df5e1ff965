/// What becomes of one event in one lane before the send, in the one order of decisions: the first that applies is the
/// event's reason.
///
/// ```
/// LogRecord ─ EventReader ─> Event ─ Decider ─> Send │ Stop(reason)
/// ```
///
/// Pure: the time and what only the lane knows (duplicates, suppressed persons, withdrawals) come in as arguments.
/// Everything is immutable and safe for threads.
@NullMarked
package dev.waybill.decide;

import org.jspecify.annotations.NullMarked;
