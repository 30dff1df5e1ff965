package dev.waybill.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.outcome.InvalidReason;
import dev.waybill.outcome.NoticeCode;
import dev.waybill.outcome.Outcome;
import dev.waybill.outcome.Reason;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// docs/reasons.md holds every word for what became of an event, with the code's own explanation.
class ReasonsDocsTest {
    @Test
    void every_outcome_is_told() {
        assertThat(table("Outcomes").firstCells())
                .containsExactlyElementsOf(
                        Arrays.stream(Outcome.values()).map(Outcome::text).toList());
    }

    @Test
    void every_reason_is_told_in_the_order_in_which_they_are_looked_at() {
        assertThat(table("Reasons").rows())
                .containsExactlyElementsOf(Arrays.stream(Reason.values())
                        .map(reason -> List.of(
                                code(reason.code()), code(reason.outcome().text()), reason.description()))
                        .toList());
    }

    @Test
    void every_reason_why_something_is_no_event_is_told() {
        assertThat(table("Invalid").rows())
                .containsExactlyElementsOf(Arrays.stream(InvalidReason.values())
                        .map(reason -> List.of(code(reason.code()), reason.description()))
                        .toList());
    }

    @Test
    void every_notice_is_told() {
        assertThat(table("Notices").rows())
                .containsExactlyElementsOf(Arrays.stream(NoticeCode.values())
                        .map(notice -> List.of(code(notice.code()), notice.description()))
                        .toList());
    }

    private static DocTable table(String heading) {
        return DocTable.of("docs/reasons.md", heading);
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
