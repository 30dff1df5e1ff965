package dev.waybill.attention;

import dev.waybill.journal.LaneKey;
import org.jspecify.annotations.Nullable;

/// What a finding is about: there is at most one for each.
///
/// @param lane null when it is about the server
public record Subject(Kind kind, @Nullable LaneKey lane) {
    /// For people: `web/kargo-main`, or `the server`.
    public String where() {
        return lane == null ? "the server" : lane.toString();
    }
}
