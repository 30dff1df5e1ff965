package dev.waybill.compare;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.compare.KeyRow.Change;
import dev.waybill.config.Problems;
import dev.waybill.config.Variables;
import dev.waybill.config.YamlFile;
import dev.waybill.event.EventType;
import dev.waybill.json.JsonText;
import dev.waybill.kit.Integration;
import dev.waybill.kit.IntegrationCompiler;
import dev.waybill.log.LogRecord;
import dev.waybill.log.RecordHeader;
import dev.waybill.workspace.Pipeline;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RevisionComparisonTest {
    private static final Variables NONE = new Variables() {
        @Override
        public Optional<String> environment(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<String> secret(String name) {
            return Optional.empty();
        }
    };

    private static Integration revision(int number, String rest) {
        Problems problems = new Problems();
        String yaml = "kit: kargo\nparameters: {PARTNER_ID: p-1, ENDPOINT: https://kargo.example/events}\n" + rest;
        return YamlFile.read("1.yaml", yaml, problems)
                .flatMap(root -> IntegrationCompiler.compile("kargo-main", number, root, NONE, problems))
                .orElseThrow(() -> new AssertionError(problems.sorted()));
    }

    private static RevisionComparison comparison(String from, String to, int examples) {
        return new RevisionComparison(
                Pipeline.withDefaults("web", "wk", List.of()), revision(1, from), revision(2, to), examples);
    }

    private static LogRecord track(String id, String name, String properties) {
        String event =
                "{\"event\":\"%s\",\"properties\":%s,\"context\":{\"providers\":{\"kargo\":{\"puid\":\"0b8e7c1e-5d2f-4a3b-9c1d-2e3f4a5b6c7d\"}}}}"
                        .formatted(name, properties);
        RecordHeader header = new RecordHeader(EventType.TRACK, id, id, false, Map.of(), null, null, null);
        return new LogRecord(1_000_000, header, event.getBytes(UTF_8));
    }

    @Test
    void the_same_revision_changes_nothing() {
        RevisionComparison comparison = comparison("", "note: other words\n", 3);
        comparison.add(track("m-1", "Order Completed", "{\"total\":30}"));
        comparison.add(track("m-2", "Unmapped", "{}"));

        assertThat(JsonText.write(comparison.result().json()))
                .isEqualTo("{\"pipeline\":\"web\",\"integration\":\"kargo-main\",\"from\":1,\"to\":2,\"events\":2,"
                        + "\"changed\":0,\"unchanged\":2,\"unreadable\":0,\"unlisted\":0,\"outcomes\":[],\"keys\":[],"
                        + "\"notices\":[]}");
    }

    @Test
    void keys_are_counted_by_event_name_with_examples() {
        RevisionComparison comparison = comparison(
                "",
                "playbook: {events: {order_completed: {exclude: [tax], mappings: [{output: params.value, input: properties.total}]}}}\n",
                1);
        comparison.add(track("a-long-message-id", "Order Completed", "{\"total\":30,\"tax\":2}"));
        comparison.add(track("m-2", "order_completed", "{\"total\":1.50,\"tax\":1,\"value\":7}"));
        comparison.add(track("m-3", "Product Viewed", "{\"tax\":1}"));

        Compared compared = comparison.result();

        assertThat(compared.changed()).isEqualTo(2);
        assertThat(compared.keys())
                .containsExactly(
                        new KeyRow(
                                "order_completed",
                                "request.body.params.tax",
                                Change.REMOVED,
                                2,
                                List.of(new KeyRow.Example("a-long-mess…", "2", null))),
                        new KeyRow(
                                "order_completed",
                                "request.body.params.value",
                                Change.ADDED,
                                1,
                                List.of(new KeyRow.Example("a-long-mess…", null, "30"))),
                        new KeyRow(
                                "order_completed",
                                "request.body.params.value",
                                Change.CHANGED,
                                1,
                                List.of(new KeyRow.Example("m-2", "7", "1.50"))));
        assertThat(compared.outcomes()).isEmpty();
    }

    @Test
    void changed_outcomes_are_told_with_their_reasons_and_no_keys() {
        RevisionComparison comparison = comparison(
                "",
                "playbook: {global: {filters: [{name: no-tests, deny: 'event.properties.test == true'}]}, default: {unmapped: pass}}\n",
                3);
        comparison.add(track("m-1", "Order Completed", "{\"test\":true}"));
        comparison.add(track("m-2", "Signed Up", "{}"));

        assertThat(comparison.result().outcomes())
                .containsExactly(
                        new OutcomeRow(
                                "order_completed",
                                "deliver",
                                "filtered: rule",
                                1,
                                List.of(new OutcomeRow.Example("m-1", "", detail(comparison, 0)))),
                        new OutcomeRow(
                                "signed_up",
                                "filtered: unmapped_event",
                                "deliver",
                                1,
                                List.of(new OutcomeRow.Example(
                                        "m-2",
                                        comparison
                                                .result()
                                                .outcomes()
                                                .get(1)
                                                .examples()
                                                .getFirst()
                                                .from(),
                                        ""))));
        assertThat(detail(comparison, 0)).contains("no-tests");
        assertThat(comparison.result().keys()).isEmpty();
    }

    private static String detail(RevisionComparison comparison, int row) {
        return comparison.result().outcomes().get(row).examples().getFirst().to();
    }

    @Test
    void notices_are_counted_on_both_sides() {
        RevisionComparison comparison = comparison("", "playbook: {events: {order_completed: {exclude: [text]}}}\n", 3);
        comparison.add(track("m-1", "Order Completed", "{\"text\":\"" + "x".repeat(400) + "\"}"));

        assertThat(comparison.result().notices())
                .containsExactly(new NoticeRow("order_completed", "value_truncated", "params.text", 1, 0));
        assertThat(comparison.result().keys().getFirst().examples().getFirst().before())
                .hasSize(120);
    }

    @Test
    void memory_is_bounded_and_what_is_beyond_is_counted() {
        RevisionComparison comparison = comparison("", "playbook: {default: {unmapped: pass}}\n", 1);
        for (int i = 0; i < 2_500; i++) {
            comparison.add(track("m-" + i, "Name " + i, "{}"));
        }

        Compared compared = comparison.result();
        assertThat(compared.changed()).isEqualTo(2_500);
        assertThat(compared.outcomes()).hasSize(2_000);
        assertThat(compared.unlisted()).isEqualTo(500);
    }

    @Test
    void records_that_hold_no_event_are_counted_and_nothing_more() {
        RevisionComparison comparison = comparison("", "", 1);
        RecordHeader header = new RecordHeader(EventType.TRACK, "m", "m", false, Map.of(), null, null, null);
        comparison.add(new LogRecord(1, header, "{\"broken".getBytes(UTF_8)));
        comparison.addUnreadable(2);

        assertThat(comparison.result().unreadable()).isEqualTo(3);
        assertThat(comparison.result().events()).isZero();
    }
}
