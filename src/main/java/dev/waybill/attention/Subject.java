package dev.waybill.attention;

import dev.waybill.journal.LaneKey;
import org.jspecify.annotations.Nullable;

/// What a finding is about: there is at most one for each.
///
/// @param lane null when it is about the server
/// @param about where a kind tells of each by itself: the reason's word, the event's name, or [#REST]; else null
public record Subject(
        Kind kind, @Nullable LaneKey lane, @Nullable String about) {
    /// Those beyond the ones that are told of each by itself.
    static final String REST = "";

    public Subject(Kind kind, @Nullable LaneKey lane) {
        this(kind, lane, null);
    }

    /// For people: `web/kargo-main`, or `the server`.
    public String where() {
        return lane == null ? "the server" : lane.toString();
    }
}
