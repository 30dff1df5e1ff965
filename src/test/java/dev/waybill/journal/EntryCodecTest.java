package dev.waybill.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.waybill.outcome.Outcome;
import dev.waybill.outcome.Reason;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntryCodecTest {
    private static final List<Entry> ALL = List.of(
            Entries.delivered(123_456, "order_completed"),
            Entries.ended(5, 1000, Reason.LOG_DAMAGED),
            Entries.failed(Long.MAX_VALUE - 1, 900),
            new Entry.Marked(Mark.BREAKER_OPEN, "häßlich \uD83D\uDE00", 1));

    @Test
    void what_is_written_is_read() {
        assertThat(ALL)
                .allSatisfy(entry ->
                        assertThat(EntryCodec.decode(EntryCodec.encode(entry))).isEqualTo(entry));
    }

    @Test
    void a_delivered_event_takes_few_bytes() {
        Entry entry = new Entry.Decided(
                5_000_000_000L,
                1,
                Outcome.DELIVERED,
                null,
                null,
                "order_completed",
                3,
                1,
                200,
                null,
                List.of(),
                Entries.NOON,
                Entries.NOON + 35);
        assertThat(EntryCodec.encode(entry)).hasSizeLessThan(50);
    }

    @Test
    void what_is_cut_short_or_goes_on_is_damage() {
        for (Entry entry : ALL) {
            byte[] whole = EntryCodec.encode(entry);
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThatIllegalArgumentException().isThrownBy(() -> EntryCodec.decode(cut));
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> EntryCodec.decode(Arrays.copyOf(whole, whole.length + 1)))
                    .withMessage("more follows");
        }
    }

    @Test
    void texts_are_cut_without_splitting_a_character() {
        Entry.Marked marked = new Entry.Marked(Mark.PAUSE, "x".repeat(199) + "\uD83D\uDE00 and more", 1);
        assertThat(marked.detail()).isEqualTo("x".repeat(199));
        assertThat(new Entry.Marked(Mark.PAUSE, "a\uD83D", 1).detail()).isEqualTo("a\uFFFD");
    }

    @Test
    void an_outcome_and_a_reason_that_do_not_agree_are_no_entry() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Entry.Decided(
                        1, 1, Outcome.DELIVERED, Reason.EXPIRED, null, "page", 1, 0, 0, null, List.of(), 1, 1))
                .withMessage("The outcome DELIVERED can't have the reason EXPIRED.");
    }
}
