/// A lane takes one pipeline's events to one integration: read in order, decide, send, learn the outcome.
///
/// ```
///   log ── LiveFeed ──┐                  ┌─ Stop ─────────────────────────────────────────┐
///                     ├─ Work ─ Decider ─┤                                                ├─ dead letter ─ journal
///   positions ─ ReplayFeed               └─ Send ─ Parcel ─ (Gatherings) ─ Flight ─ Verdict
///                     ▲                                                        │ retry, setup, suspect, half
///                     └──────────────────────────────── Waiting, Suspicion ◄───┘
/// ```
///
/// Invariants:
/// - every position ends as exactly one outcome in the journal, and a dead letter is durable before its outcome is;
/// - at most `maxInFlight` events are sent with an outcome that isn't durable yet: the most that a crash can repeat;
/// - at most [dev.waybill.lane.Lane#MAX_UNRESOLVED] events wait behind the read position, then the lane reads no
/// further;
/// - events that wait for an identifier do not count there, at most 100,000 of them: [dev.waybill.lane.IdentityWait];
/// - what waits is held as a position, not as bytes: each attempt reads the log again and maps with the revision that
/// is pinned then, after asking consent, suppression and age again;
/// - live events go before replays;
/// - a flight has one event, or several where the kit sends batches; each has its own outcome. A refused batch is
///   halved until who is to blame is alone, and only then [dev.waybill.lane.Suspicion] judges. What is gathered for a
///   batch is decided but not sent: a pause, another pin and a stop take it back as if it had never been decided.
///
/// Threading: everything of a lane happens on its own thread ([dev.waybill.lane.Lane] runs a queue of signals), but
/// the sends, each on a virtual thread that does nothing else. Lanes share nothing that one of them could block.
@NullMarked
package dev.waybill.lane;

import org.jspecify.annotations.NullMarked;
