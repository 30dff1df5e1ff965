package dev.waybill.deadletter;

import dev.waybill.journal.LaneKey;
import dev.waybill.journal.RangeSet;
import dev.waybill.outcome.Outcome;
import dev.waybill.outcome.Reason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Where the latest letters stand, which frames they took the place of, and what became of their replays. The oldest of
/// more than `most` are forgotten: they still show, but without their replays. That one was delivered is never
/// forgotten, since it would be sent once more. Not safe for threads.
final class LetterIndex {
    private static final int MAX_REPLAYS = 20;

    private final Map<LetterCodec.Key, Slot> slots = new LinkedHashMap<>();
    private final Map<Reason, Long> counts = new EnumMap<>(Reason.class);
    private final LetterGroups groups = new LetterGroups();
    /// Of forgotten letters, the positions of those that a replay delivered.
    private final Map<LaneKey, RangeSet> delivered = new HashMap<>();
    private final int most;
    private long forgotten;

    /// @param most how many letters are remembered
    LetterIndex(int most) {
        this.most = most;
    }

    private static final class Slot {
        private long sequence;
        private LetterGroups.Tally group;
        private boolean redelivered;
        private @Nullable List<Letter.Replayed> replays;

        private Slot(long sequence, LetterGroups.Tally group) {
            this.sequence = sequence;
            this.group = group;
        }
    }

    void note(long sequence, LetterCodec.Content content) {
        switch (content) {
            case LetterCodec.Kept(DeadLetter letter) -> kept(sequence, content.key(), letter);
            case LetterCodec.Told(LetterCodec.Key key, Letter.Replayed replayed) -> {
                Slot slot = slots.get(key);
                boolean arrived = replayed.outcome().equals(Outcome.DELIVERED.text());
                if (slot == null) {
                    if (arrived) {
                        delivered(key);
                    }
                } else {
                    List<Letter.Replayed> replays = slot.replays == null ? new ArrayList<>() : slot.replays;
                    if (replays.size() == MAX_REPLAYS) {
                        replays.removeFirst();
                    }
                    replays.add(replayed);
                    slot.replays = replays;
                    if (!slot.redelivered && arrived) {
                        slot.redelivered = true;
                        slot.group.redelivered();
                    }
                }
            }
        }
    }

    private void kept(long sequence, LetterCodec.Key key, DeadLetter letter) {
        LetterGroups.Tally group = groups.of(letter);
        Slot slot = slots.get(key);
        if (slot != null) {
            counts.merge(slot.group.reason(), -1L, Long::sum);
            slot.group.remove(slot.redelivered);
            slot.sequence = sequence;
            slot.group = group;
        } else {
            if (slots.size() == most) {
                forgetOldest();
            }
            slots.put(key, new Slot(sequence, group));
        }
        group.add(letter.at(), slot != null && slot.redelivered);
        counts.merge(letter.reason(), 1L, Long::sum);
    }

    private void forgetOldest() {
        Map.Entry<LetterCodec.Key, Slot> oldest = slots.entrySet().iterator().next();
        if (oldest.getValue().redelivered) {
            delivered(oldest.getKey());
        }
        slots.remove(oldest.getKey());
        forgotten++;
    }

    private void delivered(LetterCodec.Key key) {
        delivered.computeIfAbsent(key.lane(), _ -> new RangeSet(0)).add(key.position(), key.position() + 1);
    }

    /// Takes out a letter whose frame is about to be dropped.
    void dropped(long sequence, LetterCodec.Key key, DeadLetter letter) {
        Slot slot = slots.get(key);
        if (slot != null && slot.sequence != sequence) {
            return;
        }
        if (slot != null) {
            slots.remove(key);
            slot.group.remove(slot.redelivered);
        } else {
            forgotten--;
            groups.of(letter).remove(redelivered(key));
        }
        counts.merge(letter.reason(), -1L, Long::sum);
    }

    /// How many letters that are kept are not remembered.
    long forgotten() {
        return forgotten;
    }

    /// Whether a replay delivered it, of a forgotten one too.
    boolean redelivered(LetterCodec.Key key) {
        Slot slot = slots.get(key);
        if (slot != null) {
            return slot.redelivered;
        }
        RangeSet ofLane = delivered.get(key.lane());
        return ofLane != null && ofLane.contains(key.position());
    }

    /// Whether a later frame took that one's place.
    boolean superseded(long sequence, LetterCodec.Key key) {
        Slot slot = slots.get(key);
        return slot != null && slot.sequence != sequence;
    }

    List<Letter.Replayed> replays(LetterCodec.Key key) {
        Slot slot = slots.get(key);
        return slot == null || slot.replays == null ? List.of() : List.copyOf(slot.replays);
    }

    OptionalLong sequence(LetterCodec.Key key) {
        Slot slot = slots.get(key);
        return slot == null ? OptionalLong.empty() : OptionalLong.of(slot.sequence);
    }

    List<LetterGroup> groups() {
        return groups.all();
    }

    Map<Reason, Long> counts() {
        Map<Reason, Long> positive = new EnumMap<>(counts);
        positive.values().removeIf(count -> count == 0);
        return positive;
    }
}
