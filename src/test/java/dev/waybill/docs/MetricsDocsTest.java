package dev.waybill.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.ledger.MissingCause;
import dev.waybill.metrics.LaneMetrics;
import dev.waybill.metrics.Metrics;
import dev.waybill.outcome.NoticeCode;
import dev.waybill.outcome.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// docs/metrics.md lists every metric with its labels and what it counts; the alert rules use no other.
class MetricsDocsTest {
    private static final Pattern HELP = Pattern.compile("(?m)^# HELP (\\S+) (.*)$");
    private static final Pattern SAMPLE =
            Pattern.compile("(?m)^(waybill_\\w+?)(_bucket|_sum|_count)?(\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"[^\"]*\"");
    private static final Pattern METRIC = Pattern.compile("waybill_\\w+");

    private final Map<String, List<String>> rows = Stream.of("Counters", "Histograms", "Gauges")
            .flatMap(heading -> DocTable.of("docs/metrics.md", heading).rows().stream())
            .collect(Collectors.toMap(row -> DocTable.code(row.getFirst()), row -> row));

    private final Metrics metrics = everyMetric();

    @Test
    void every_metric_is_told_and_no_other() {
        assertThat(metrics.names()).containsExactlyInAnyOrderElementsOf(rows.keySet());
    }

    @Test
    void each_is_told_in_the_words_of_its_help() {
        Map<String, String> help = new HashMap<>();
        Matcher matcher = HELP.matcher(text());
        while (matcher.find()) {
            help.put(matcher.group(1), matcher.group(2));
        }
        assertThat(help.keySet()).isEqualTo(rows.keySet());
        rows.forEach((name, row) -> assertThat(row.get(2)).isEqualTo(help.get(name)));
    }

    @Test
    void each_is_told_with_its_labels() {
        Map<String, Set<String>> labels = new TreeMap<>();
        Matcher matcher = SAMPLE.matcher(text());
        while (matcher.find()) {
            Set<String> found = labels.computeIfAbsent(matcher.group(1), _ -> new TreeSet<>());
            Matcher label = LABEL.matcher(matcher.group(4) == null ? "" : matcher.group(4));
            while (label.find()) {
                found.add(label.group(1));
            }
            found.remove("le");
        }
        assertThat(labels.keySet()).isEqualTo(rows.keySet());
        rows.forEach((name, row) -> assertThat(new TreeSet<>(labelsTold(row))).isEqualTo(labels.get(name)));
    }

    @Test
    void the_alert_rules_use_only_metrics_that_exist() throws IOException {
        Set<String> used = new TreeSet<>();
        Matcher matcher = METRIC.matcher(Files.readString(Path.of("config/prometheus-alerts.yaml")));
        while (matcher.find()) {
            used.add(matcher.group());
        }
        assertThat(used).isNotEmpty().isSubsetOf(rows.keySet());
    }

    private static List<String> labelsTold(List<String> row) {
        return row.get(1).isEmpty() ? List.of() : Arrays.asList(row.get(1).split(", ", -1));
    }

    private String text() {
        return new String(metrics.text(), UTF_8);
    }

    /// With one value of each, for what has none is not in the text.
    private static Metrics everyMetric() {
        Metrics all = new Metrics();
        all.received("web", "track", 1);
        all.refused("too_deep", 0);
        all.accepted("web", 1);
        all.identityReported("web", "kargo", "stored");
        all.appended(0.1);
        all.damaged();
        all.alertSent("sent");
        LaneMetrics lane = new LaneMetrics(all, "web", "kargo-main");
        lane.decided(Outcome.DELIVERED, null, 1);
        lane.delivered("page", 0, 100);
        lane.notice(NoticeCode.VALUE_TRUNCATED);
        lane.attempt("delivered", 0.1);
        lane.missingIdentity(MissingCause.NOT_TOLD, "Safari");
        lane.consent(true);
        all.gauges((_, sample) -> withItsLabels(sample, 0));
        return all;
    }

    /// A gauge refuses another number of values than it has labels.
    private static void withItsLabels(Metrics.Sample sample, int labels) {
        try {
            sample.value(1, Stream.generate(() -> "x").limit(labels).toArray(String[]::new));
        } catch (IllegalArgumentException _) {
            withItsLabels(sample, labels + 1);
        }
    }
}
