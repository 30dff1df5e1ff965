package dev.waybill.deadletter;

import dev.waybill.journal.LaneKey;
import dev.waybill.outcome.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Counts dead letters by lane, reason and event. Event names are the senders': beyond [#MAX_GROUPS] groups, further
/// names of a lane and reason are counted as one. Not safe for threads.
final class LetterGroups {
    static final int MAX_GROUPS = 2_000;
    private static final String OTHER = "other";

    private final Map<Name, Tally> tallies = new HashMap<>();

    record Name(LaneKey lane, Reason reason, String event) {}

    /// The count of one group.
    static final class Tally {
        private final Reason reason;
        private long count;
        private long redelivered;
        private long newest;

        private Tally(Reason reason) {
            this.reason = reason;
        }

        Reason reason() {
            return reason;
        }

        void add(long at, boolean delivered) {
            count++;
            redelivered += delivered ? 1 : 0;
            newest = Math.max(newest, at);
        }

        void remove(boolean delivered) {
            count = Math.max(0, count - 1);
            redelivered = Math.clamp(redelivered - (delivered ? 1 : 0), 0, count);
        }

        void redelivered() {
            redelivered++;
        }
    }

    Tally of(DeadLetter letter) {
        Name name = new Name(letter.lane(), letter.reason(), letter.event());
        Tally known = tallies.get(name);
        if (known != null) {
            return known;
        }
        Name wanted = tallies.size() < MAX_GROUPS ? name : new Name(letter.lane(), letter.reason(), OTHER);
        return tallies.computeIfAbsent(wanted, added -> new Tally(added.reason()));
    }

    /// The largest first.
    List<LetterGroup> all() {
        List<LetterGroup> all = new ArrayList<>();
        tallies.forEach((name, tally) -> {
            if (tally.count > 0) {
                all.add(new LetterGroup(
                        name.lane(), name.reason(), name.event(), tally.count, tally.redelivered, tally.newest));
            }
        });
        all.sort(Comparator.comparingLong(LetterGroup::count)
                .reversed()
                .thenComparing(group -> group.lane().toString())
                .thenComparing(LetterGroup::reason)
                .thenComparing(LetterGroup::event));
        return all;
    }
}
