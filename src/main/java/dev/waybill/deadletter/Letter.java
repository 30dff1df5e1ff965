package dev.waybill.deadletter;

import java.util.List;

/// A dead letter and what became of its replays.
///
/// @param replays the latest, in the order of replaying
/// @param redelivered whether any replay delivered it, also one that is no longer among the latest
public record Letter(DeadLetter letter, List<Replayed> replays, boolean redelivered) {
    public Letter {
        replays = List.copyOf(replays);
    }

    /// One replay of a letter.
    ///
    /// @param replay the replay job's id
    /// @param outcome a word for people: `delivered`, `rejected: refused_by_destination`, …
    /// @param at milliseconds of the epoch
    public record Replayed(String replay, String outcome, long at) {}
}
