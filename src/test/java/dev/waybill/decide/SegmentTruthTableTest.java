package dev.waybill.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.config.Problems;
import dev.waybill.config.Variables;
import dev.waybill.config.YamlFile;
import dev.waybill.decide.Decider.Traffic;
import dev.waybill.docs.DocTable;
import dev.waybill.event.Event;
import dev.waybill.event.EventType;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.kit.Integration;
import dev.waybill.kit.IntegrationCompiler;
import dev.waybill.outcome.Reason;
import dev.waybill.workspace.Pipeline;
import dev.waybill.workspace.Pipeline.Mode;
import dev.waybill.workspace.Pipeline.Pin;
import dev.waybill.workspace.Pipeline.StartFrom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Segment's table of what its consent and integrations objects do together, as docs/consent.md tells it.
class SegmentTruthTableTest {
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

    static Stream<Arguments> rows() {
        return DocTable.of("docs/consent.md", "Segment's truth table").rows().stream()
                .map(row -> Arguments.of(row.get(0), row));
    }

    @ParameterizedTest(name = "row {0}")
    @MethodSource("rows")
    void every_row_of_segments_table_holds(String name, List<String> row) {
        Map<String, String> categories = categories(row.get(3));
        assertThat(names(row.get(4), row.get(5)))
                .as("every integration ends somewhere")
                .isEqualTo(categories.keySet());
        for (String consent : alternatives(row.get(1))) {
            for (String integrations : alternatives(row.get(2))) {
                Event event = event(consent, integrations);
                Set<String> sent = categories.entrySet().stream()
                        .filter(destination -> sent(decider(destination.getKey(), destination.getValue()), event))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toCollection(TreeSet::new));
                assertThat(sent)
                        .as("%s: consent %s, integrations %s", name, consent, integrations)
                        .isEqualTo(names(row.get(4)));
            }
        }
    }

    @Test
    void the_table_has_the_11_rows_of_the_page_and_the_2_cases_told_under_it() {
        assertThat(rows()).hasSize(13);
    }

    @Test
    void an_integrations_own_categories_count_instead_of_the_pipelines() {
        Event event = event("{\"categoryPreferences\": {\"ad\": true, \"analytics\": false}}", "absent");

        assertThat(sent(decider("facebook", "none", "analytics"), event)).isFalse();
        assertThat(sent(decider("facebook", "ad", "analytics"), event)).isTrue();
        assertThat(sent(decider("facebook", "analytics", "ad"), event)).isFalse();
        assertThat(decider("facebook", "none", "analytics").decide(event, 0, Traffic.LIVE, LaneFacts.NONE))
                .isInstanceOfSatisfying(
                        Decision.Stop.class,
                        stop -> assertThat(stop.detail())
                                .isEqualTo("category: analytics is refused (categoryPreferences)"));
    }

    private static boolean sent(Decider decider, Event event) {
        return switch (decider.decide(event, 0, Traffic.LIVE, LaneFacts.NONE)) {
            case Decision.Send _ -> true;
            case Decision.Stop stop -> {
                assertThat(stop.reason()).isIn(Reason.CONSENT_DENIED, Reason.NOT_SELECTED);
                yield false;
            }
        };
    }

    private static Decider decider(String name, String categories, String... ofPipeline) {
        String own =
                categories.equals("none") ? "" : "consent: {category: [" + categories.replace(" + ", ", ") + "]}\n";
        String yaml = "kit: kargo\nparameters: {PARTNER_ID: p-1, ENDPOINT: https://kargo.example/events}\n" + own;
        Problems problems = new Problems();
        Integration integration = IntegrationCompiler.compile(
                        name, 1, YamlFile.read("1.yaml", yaml, problems).orElseThrow(), NONE, problems)
                .orElseThrow(() -> new AssertionError(problems.sorted()));
        Pin pin = new Pin(name, 1, true, Mode.LIVE, new StartFrom.Now());
        Pipeline bare = Pipeline.withDefaults("web", "wk_1", List.of(pin));
        Pipeline.Consent consent = new Pipeline.Consent(
                bare.consent().scope(), List.of(ofPipeline), bare.consent().signals());
        Pipeline pipeline = new Pipeline(
                bare.name(),
                bare.writeKey(),
                bare.origins(),
                bare.cookie(),
                consent,
                bare.filters(),
                bare.identityWait(),
                bare.sync(),
                bare.integrations());
        return new Decider(pipeline, pin, integration);
    }

    private static Event event(String consent, String integrations) {
        String json =
                "{\"context\": {%s\"providers\": {\"kargo\": {\"puid\": \"3e0b1c2d-4f5a-2b6c-d7e8-9f0a1b2c3d4e\"}}}%s}"
                        .formatted(
                                consent.equals("absent") ? "" : "\"consent\": " + consent + ", ",
                                integrations.equals("absent") ? "" : ", \"integrations\": " + integrations);
        return new Event(EventType.PAGE, "m-1", 0, false, null, (JsonObject) JsonText.read(json));
    }

    private static List<String> alternatives(String cell) {
        return Arrays.stream(cell.split(" or ", -1)).map(DocTable::code).toList();
    }

    private static Map<String, String> categories(String cell) {
        return Arrays.stream(cell.split(", ", -1))
                .map(one -> one.split(" = ", -1))
                .collect(Collectors.toMap(one -> one[0], one -> one[1], (a, _) -> a, TreeMap::new));
    }

    private static Set<String> names(String... cells) {
        return Arrays.stream(cells)
                .filter(cell -> !cell.equals("nothing"))
                .flatMap(cell -> Arrays.stream(cell.split(", ", -1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
