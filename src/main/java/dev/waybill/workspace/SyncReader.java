package dev.waybill.workspace;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Form;
import dev.waybill.config.Nearest;
import dev.waybill.config.Problems;
import dev.waybill.config.Section;
import dev.waybill.workspace.Pipeline.Source;
import dev.waybill.workspace.Pipeline.Sync;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads a pipeline's `sync`. Belongs to one thread.
record SyncReader(Problems problems, Ranged ranged) {
    private static final Sync DEFAULT =
            Pipeline.withDefaults("", "", List.of()).sync();
    private static final List<String> WORDS =
            Arrays.stream(Source.values()).map(Source::word).toList();

    Sync read(Section sync) {
        Duration second = Duration.ofSeconds(1);
        Duration year = Duration.ofDays(400);
        Sync read = new Sync(
                sync.integer("cookieDays", DEFAULT.cookieDays(), 1, 400),
                sync.value("refreshDays") == null ? null : Integer.valueOf(sync.integer("refreshDays", 1, 1, 400)),
                ranged.duration(sync, "failureTtl", DEFAULT.failureTtl(), second, year),
                ranged.duration(sync, "firstFailureTtl", DEFAULT.firstFailureTtl(), second, year),
                Duration.ofMillis(sync.integer("holdMs", (int) DEFAULT.hold().toMillis(), 0, 60_000)),
                Duration.ofMillis(sync.integer("timeoutMs", (int) DEFAULT.timeout().toMillis(), 100, 60_000)),
                retryFailuresBefore(sync),
                sources(sync));
        sync.done();
        return read;
    }

    private @Nullable Instant retryFailuresBefore(Section sync) {
        sync.takes("retryFailuresBefore", new Form.Matching("\\d{4}-\\d\\d-\\d\\dT.+"));
        ConfigNode value = sync.value("retryFailuresBefore");
        if (value == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(value instanceof ConfigNode.Scalar scalar ? scalar.text() : "")
                    .toInstant();
        } catch (DateTimeException e) {
            problems.error(value, "found " + value.kind() + "; allowed: a time such as 2026-11-01T00:00:00Z");
            return null;
        }
    }

    private List<Source> sources(Section sync) {
        sync.itemsTake("sources", new Form.Words(WORDS));
        if (sync.value("sources") == null) {
            return DEFAULT.sources();
        }
        List<Source> sources = new ArrayList<>();
        for (ConfigNode item : sync.list("sources")) {
            String text = item instanceof ConfigNode.Scalar scalar ? scalar.text() : "";
            Optional<Source> source = Arrays.stream(Source.values())
                    .filter(each -> each.word().equals(text))
                    .findFirst();
            if (source.isEmpty()) {
                problems.error(
                        item,
                        "found " + item.kind() + "; allowed: " + String.join(", ", WORDS) + "."
                                + Nearest.hint(text, WORDS));
            } else if (sources.contains(source.get())) {
                problems.error(item, "the source '" + text + "' stands there twice; keep one");
            } else {
                sources.add(source.get());
            }
        }
        return sources;
    }
}
