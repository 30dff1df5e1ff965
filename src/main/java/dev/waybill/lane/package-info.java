/// A lane takes one pipeline's events to one integration: read in order, decide, send, learn the outcome.
///
/// ```
///   log ── LiveFeed ──┐                  ┌─ Stop ──────────────────────────────┐
///                     ├─ Work ─ Decider ─┤                                     ├─ dead letter ─ journal
///   positions ─ ReplayFeed               └─ Send ─ Sender ─ Verdict ───────────┘
///                     ▲                                  │ retry, setup, suspect
///                     └──────── RetryQueue, Suspicion ◄──┘
/// ```
///
/// Invariants:
/// - every position ends as exactly one outcome in the journal, and a dead letter is durable before its outcome is;
/// - at most `maxInFlight` events are sent with an outcome that isn't durable yet: the most that a crash can repeat;
/// - at most [dev.waybill.lane.Lane#MAX_UNRESOLVED] events wait behind the read position, then the lane reads no
/// further;
/// - what waits is held as a position, not as bytes: each attempt reads the log again and maps with the revision that
/// is
///   pinned then, after asking consent, suppression and age again;
/// - live events go before replays.
///
/// Threading: everything of a lane happens on its own thread ([dev.waybill.lane.Lane] runs a queue of signals), but the
/// sends, each on a virtual thread that does nothing else. Lanes share nothing that one of them could block.
@NullMarked
package dev.waybill.lane;

import org.jspecify.annotations.NullMarked;
