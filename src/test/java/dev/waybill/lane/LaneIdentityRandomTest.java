package dev.waybill.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.identity.Report;
import dev.waybill.identity.SyncFailure;
import dev.waybill.journal.Entry;
import dev.waybill.journal.Snapshot;
import dev.waybill.outcome.NoticeCode;
import dev.waybill.outcome.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Random events, reports, restarts, pauses and pins against the rule itself: an event without an identifier goes if
/// and only if its browser reported one within the wait before or after it.
class LaneIdentityRandomTest extends OnARig {
    private static final int STEPS = 150;
    private static final Duration WAIT = Duration.ofMinutes(10);

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final List<Sent> events = new ArrayList<>();
    private final List<Report> reports = new ArrayList<>();

    private record Sent(String name, String browser, boolean identified, long receivedAt) {}

    @Test
    void joins_exactly_what_was_reported_within_the_wait() {
        rig.identityWait = WAIT;
        int revision = 1;
        rig.run(kargo(revision, ""));
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(20)) {
                case 0 -> rig.restart();
                case 1 -> rig.run(kargo(++revision, ""));
                case 2 -> rig.lane().pause();
                case 3, 4 -> rig.lane().resume();
                case 5, 6, 7, 8 -> rig.later(Duration.ofSeconds(random.nextInt(1, 300)));
                case 9, 10, 11, 12 -> report();
                default -> event();
            }
        }
        rig.later(WAIT.multipliedBy(2));
        rig.lane().resume();
        Snapshot ledger = rig.drained();

        long joined = events.stream()
                .filter(event -> !event.identified() && !joinable(event).isEmpty())
                .count();
        long identified = events.stream().filter(Sent::identified).count();
        assertThat(ledger.delivered()).as("seed %d", seed).isEqualTo(identified + joined);
        assertThat(ledger.filtered().getOrDefault(Reason.MISSING_IDENTITY, 0L))
                .as("seed %d", seed)
                .isEqualTo(events.size() - identified - joined);
        assertThat(ledger.notices().getOrDefault(NoticeCode.JOINED_LATE, 0L))
                .as("seed %d", seed)
                .isEqualTo(joined);
        oneOutcomeEach();
        itsOwnIdentifierEach();
    }

    private void event() {
        String browser = "browser-" + random.nextInt(5);
        boolean identified = random.nextInt(4) == 0;
        Sent sent = new Sent("web-" + events.size(), browser, identified, rig.clock.millis());
        events.add(sent);
        rig.append(
                identified
                        ? TestEvents.order(sent.name(), sent.receivedAt())
                        : TestEvents.anonymous(sent.name(), browser, sent.receivedAt()));
    }

    private void report() {
        String browser = "browser-" + random.nextInt(5);
        long now = rig.clock.millis();
        Report report = switch (random.nextInt(4)) {
            case 0 -> new Report(now, "kargo", browser, null, SyncFailure.TIMEOUT);
            case 1 -> new Report(now, "meta", browser, TestEvents.PUID, null);
            default ->
                new Report(now, "kargo", browser, "00000000-0000-4000-8000-%012d".formatted(reports.size()), null);
        };
        reports.add(report);
        rig.reports.add(report);
    }

    private Set<String> joinable(Sent event) {
        Set<String> puids = new HashSet<>();
        for (Report report : reports) {
            String puid = report.puid();
            if (puid != null
                    && report.kit().equals("kargo")
                    && report.anonymousId().equals(event.browser())
                    && Math.abs(report.receivedAt() - event.receivedAt()) <= WAIT.toMillis()) {
                puids.add(puid);
            }
        }
        return puids;
    }

    private void oneOutcomeEach() {
        List<Long> ended = rig.lane().journal().entriesFor(0, rig.log.end()).stream()
                .filter(Entry.Decided.class::isInstance)
                .map(entry -> ((Entry.Decided) entry).first())
                .toList();
        assertThat(ended).as("seed %d", seed).doesNotHaveDuplicates().hasSize(events.size());
    }

    private void itsOwnIdentifierEach() {
        assertThat(received()).as("seed %d", seed).doesNotHaveDuplicates();
        destination.received().forEach(request -> {
            Sent event = events.get(TestEvents.number(request));
            if (!event.identified()) {
                assertThat(joinable(event)).as("seed %d", seed).anyMatch(request.body()::contains);
            }
        });
    }
}
