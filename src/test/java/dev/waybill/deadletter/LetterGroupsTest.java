package dev.waybill.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.event.EventType;
import dev.waybill.journal.LaneKey;
import dev.waybill.log.LogRecord;
import dev.waybill.log.RecordHeader;
import dev.waybill.outcome.Reason;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Counting dead letters by what they have in common.
class LetterGroupsTest {
    private static final LaneKey LANE = new LaneKey("web", "kargo-main");
    private final LetterIndex index = new LetterIndex(200_000);

    private static LetterCodec.Kept letter(long position, long at, Reason reason, String event) {
        RecordHeader header = new RecordHeader(EventType.TRACK, "m", "m", false, Map.of(), null, null, null);
        LogRecord record = new LogRecord(0, header, new byte[0]);
        return new LetterCodec.Kept(
                new DeadLetter(LANE, position, at, reason, null, event, record, null, null, 0, null, 0, 1));
    }

    private static LetterCodec.Told replayed(long position, String outcome) {
        return new LetterCodec.Told(new LetterCodec.Key(LANE, position), new Letter.Replayed("r-1", outcome, 9));
    }

    @Test
    void a_group_counts_letters_and_those_that_a_replay_delivered_each_once() {
        index.note(0, letter(1, 10, Reason.EXPIRED, "page"));
        index.note(1, letter(2, 20, Reason.EXPIRED, "page"));
        index.note(2, letter(3, 30, Reason.MAPPING_FAILED, "page"));
        index.note(3, replayed(1, "rejected"));
        index.note(4, replayed(1, "delivered"));
        index.note(5, replayed(1, "delivered"));
        assertThat(index.groups())
                .containsExactly(
                        new LetterGroup(LANE, Reason.EXPIRED, "page", 2, 1, 20),
                        new LetterGroup(LANE, Reason.MAPPING_FAILED, "page", 1, 0, 30));
    }

    @Test
    void a_letter_that_is_written_again_moves_to_its_new_group() {
        index.note(0, letter(1, 10, Reason.EXPIRED, "page"));
        index.note(1, replayed(1, "delivered"));
        index.note(2, letter(1, 40, Reason.MAPPING_FAILED, "page"));
        assertThat(index.groups()).containsExactly(new LetterGroup(LANE, Reason.MAPPING_FAILED, "page", 1, 1, 40));
    }

    @Test
    void names_beyond_the_bound_are_counted_as_other() {
        for (int i = 0; i < LetterGroups.MAX_GROUPS + 50; i++) {
            index.note(i, letter(i, i, Reason.EXPIRED, "event-" + i));
        }
        assertThat(index.groups()).hasSize(LetterGroups.MAX_GROUPS + 1);
        assertThat(index.groups().getFirst().event()).isEqualTo("other");
        assertThat(index.groups().getFirst().count()).isEqualTo(50);
    }
}
