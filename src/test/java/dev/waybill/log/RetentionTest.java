package dev.waybill.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.dedup.DedupIndex;
import dev.waybill.segments.Segment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Events have the times 1,000,000 ms and on, one millisecond apart.
class RetentionTest {
    private static final long NOBODY = Long.MAX_VALUE;

    @TempDir
    Path dir;

    private final IntakeGate gate = new IntakeGate(0, () -> 0, InstantSource.system());
    private final DedupIndex dedup = new DedupIndex(Duration.ofDays(1), 100_000);
    private FileLog web;
    private FileLog app;

    @BeforeEach
    void twoLogs() throws IOException {
        web = open("web");
        app = open("app");
    }

    @AfterEach
    void close() {
        web.close();
        app.close();
    }

    private FileLog open(String name) throws IOException {
        return FileLog.open(new FileLog.Options(name, dir.resolve(name), 2000, true, 0, () -> {}), gate, dedup);
    }

    private static void fill(FileLog log, int from, int to) throws LogUnavailableException {
        for (int i = from; i < to; i++) {
            log.append(EventLogContract.records(i, i + 1));
        }
    }

    private Retention retention(long ageMillis, @Nullable Long maxBytes, boolean dropOldest, long now) {
        return new Retention(
                new Retention.Rules(Duration.ofMillis(ageMillis), maxBytes, dropOldest),
                gate,
                InstantSource.fixed(Instant.ofEpochMilli(now)));
    }

    private static List<Retention.Kept> kept(FileLog log, long needed) {
        return List.of(new Retention.Kept(log, needed));
    }

    @Test
    void segments_wholly_older_than_the_age_go_and_no_other() throws Exception {
        fill(web, 0, 100);
        Segment third = web.segments().get(2);
        retention(1000, null, false, third.oldest() + 1000).run(kept(web, NOBODY));
        assertThat(web.first()).isEqualTo(third.first());
        assertThat(EventLogContract.bodies(web, 0)).isEqualTo(EventLogContract.expected((int) third.first(), 100));
    }

    @Test
    void age_never_costs_what_a_lane_needs_not_even_under_drop_oldest() throws Exception {
        fill(web, 0, 100);
        Segment third = web.segments().get(2);
        retention(1000, null, true, 9_000_000).run(kept(web, third.first() + 1));
        assertThat(web.first()).isEqualTo(third.first());
    }

    @Test
    void an_old_active_segment_is_sealed_and_then_dropped() throws Exception {
        fill(web, 0, 3);
        Retention retention = retention(1000, null, false, 9_000_000);
        retention.run(kept(web, NOBODY));
        web.append(EventLogContract.records(3, 4));
        assertThat(web.segments()).hasSize(2);
        retention.run(kept(web, NOBODY));
        assertThat(web.first()).isBetween(3L, 4L);
        assertThat(web.end()).isEqualTo(4);
    }

    @Test
    void size_takes_the_oldest_of_all_logs_first() throws Exception {
        fill(web, 0, 50);
        fill(app, 50, 100);
        long both = web.bytes() + app.bytes();
        long first = web.segments().getFirst().bytes();
        retention(3_600_000, both - first, false, 1_000_100)
                .run(List.of(new Retention.Kept(app, NOBODY), new Retention.Kept(web, NOBODY)));
        assertThat(app.first()).isZero();
        assertThat(web.first()).isPositive();
        assertThat(web.bytes() + app.bytes()).isEqualTo(both - first);
        assertThat(gate.closed()).isEmpty();
    }

    @Test
    void a_log_full_of_needed_events_closes_intake_until_they_are_not_needed() throws Exception {
        fill(web, 0, 100);
        Retention retention = retention(3_600_000, 3000L, false, 1_000_100);
        retention.run(kept(web, 0));
        assertThat(web.first()).isZero();
        assertThat(gate.closed())
                .get()
                .asString()
                .matches(
                        "The log is full: \\d+ bytes are needed by lanes that have not sent them, log.maxBytes is 3000; "
                                + "resume or remove those lanes or raise log.maxBytes\\.");
        retention.run(kept(web, 100));
        assertThat(gate.closed()).isEmpty();
        assertThat(web.bytes()).isLessThanOrEqualTo(3000);
        assertThat(web.append(EventLogContract.records(100, 101))).isEqualTo(100);
    }

    @Test
    void under_drop_oldest_size_costs_needed_events_and_a_reader_finds_them_gone() throws Exception {
        fill(web, 0, 100);
        try (LogReader reader = web.reader(0)) {
            retention(3_600_000, 3000L, true, 1_000_100).run(kept(web, 0));
            assertThat(gate.closed()).isEmpty();
            assertThat(web.bytes()).isLessThanOrEqualTo(3000);
            LogItem item = Objects.requireNonNull(reader.next());
            assertThat(item.sequence()).isEqualTo(web.first()).isPositive();
        }
    }
}
