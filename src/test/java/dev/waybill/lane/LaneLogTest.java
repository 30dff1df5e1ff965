package dev.waybill.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.deliver.FakeDestination.Reply;
import dev.waybill.journal.Entry;
import dev.waybill.journal.Snapshot;
import dev.waybill.outcome.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What a lane makes of a log that lost events.
class LaneLogTest extends OnARig {
    private final AtomicBoolean down = new AtomicBoolean();

    private void failWhileDown() {
        destination.usually(_ -> Reply.status(down.get() ? 503 : 200));
    }

    @Test
    void events_that_were_dropped_before_they_were_read_are_counted_as_overflow() {
        failWhileDown();
        rig.run(kargo("delivery: {concurrency: 10}"));
        down.set(true);
        rig.orders("web", 0, 1_000);
        awaitBreakerOpen();
        rig.dropOldest(100_000);
        long dropped = rig.log.first();
        assertThat(dropped).isBetween(100L, 990L);
        down.set(false);
        Snapshot ledger = rig.drained();

        // What the lane has in its hands already it still sends.
        long lost = ledger.rejected().getOrDefault(Reason.LOG_OVERFLOW, 0L);
        assertThat(lost).isBetween(dropped - 200, dropped);
        assertThat(ledger.rejected()).hasSize(1);
        assertThat(ledger.delivered()).isEqualTo(1_000 - lost);
    }

    @Test
    void a_log_that_lost_everything_leaves_nothing_pending() {
        rig.run(kargo(""));
        rig.lane().pause();
        rig.orders("web", 0, 100);
        rig.dropOldest(0);
        Await.until(
                () -> {
                    rig.dropOldest(0);
                    return rig.log.first() == 100;
                },
                () -> rig.log.first() + " to " + rig.log.end());
        rig.lane().resume();

        assertThat(rig.drained().rejected()).isEqualTo(Map.of(Reason.LOG_OVERFLOW, 100L));
    }

    @Test
    void what_was_dropped_is_counted_only_where_it_had_no_outcome_yet() {
        failWhileDown();
        destination.usually(request -> Reply.status(TestEvents.number(request) % 50 == 7 ? 503 : 200));
        rig.run(kargo(""));
        rig.orders("web", 0, 1_000);
        rig.awaitLedger(ledger -> ledger.pending() == 20);
        rig.lane().pause();
        Await.until(
                () -> rig.lane().status().inFlight() == 0,
                () -> rig.lane().status().toString());
        rig.dropOldest(100_000);
        long dropped = rig.log.first();
        destination.usually(Reply.status(200));
        rig.restart();
        rig.lane().resume();
        Snapshot ledger = rig.drained();

        long lost = (dropped + 42) / 50;
        assertThat(ledger.rejected()).isEqualTo(Map.of(Reason.LOG_OVERFLOW, lost));
        assertThat(ledger.delivered()).isEqualTo(1_000 - lost);
        assertThat(rig.lane().journal().entriesFor(0, 1_000))
                .filteredOn(entry -> entry instanceof Entry.Decided end && end.reason() == Reason.LOG_OVERFLOW)
                .hasSize((int) lost)
                .allSatisfy(entry -> assertThat(((Entry.Decided) entry).count()).isEqualTo(1));
    }

    @Test
    void damaged_events_are_counted_and_the_others_delivered() throws IOException {
        rig.run(kargo(""));
        rig.lane().pause();
        rig.orders("web", 0, 200);
        flipAByteInTheMiddleOfTheFirstSegment();
        rig.restart();
        rig.lane().resume();
        Snapshot ledger = rig.drained();

        long damaged = ledger.rejected().getOrDefault(Reason.LOG_DAMAGED, 0L);
        assertThat(damaged).isBetween(1L, 100L);
        assertThat(ledger.rejected()).hasSize(1);
        assertThat(ledger.delivered()).isEqualTo(200 - damaged);
        assertThat(rig.lane().journal().entriesFor(0, 200))
                .filteredOn(entry -> entry instanceof Entry.Decided end && end.reason() == Reason.LOG_DAMAGED)
                .isNotEmpty()
                .allSatisfy(
                        entry -> assertThat(((Entry.Decided) entry).detail()).contains("byte"));
    }

    private void flipAByteInTheMiddleOfTheFirstSegment() throws IOException {
        try (Stream<Path> files = Files.list(rig.logDirectory())) {
            Path first = files.filter(file -> file.toString().endsWith(".log"))
                    .min(Comparator.comparing(Path::toString))
                    .orElseThrow(() -> new IllegalStateException("no segment"));
            try (FileChannel channel = FileChannel.open(first, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                ByteBuffer one = ByteBuffer.allocate(1);
                long middle = 16_000;
                channel.read(one, middle);
                one.put(0, (byte) ~one.get(0));
                one.rewind();
                channel.write(one, middle);
            }
        }
    }

    @Test
    void a_lane_at_the_log_s_end_is_woken_by_what_comes() {
        rig.run(kargo(""));
        for (int i = 0; i < 50; i++) {
            rig.orders("web", i, i + 1);
            int expected = i + 1;
            rig.awaitLedger(ledger -> ledger.delivered() == expected);
        }
        assertThat(received()).isEqualTo(names("web", 0, 50));
    }

    @Test
    void the_ledger_balances_although_the_log_s_end_was_asked_a_while_ago() {
        rig.run(kargo(""));
        rig.orders("web", 0, 10);
        rig.drained();
        Snapshot behind = rig.lane().journal().snapshot(4);

        LaneRig.assertBalances(behind);
        assertThat(behind.accepted()).isEqualTo(10);
        assertThat(behind.pending()).isZero();
    }

    @Test
    void a_lane_started_again_reads_on_where_waiting_and_decided_events_are_mixed() {
        destination.usually(request -> Reply.status(TestEvents.number(request) % 3 == 0 ? 503 : 200));
        rig.run(kargo(""));
        rig.orders("web", 0, 90);
        rig.awaitLedger(ledger -> ledger.delivered() == 60);
        List<String> before = received();
        destination.usually(Reply.status(200));
        rig.restart();
        rig.drained();

        assertThat(received().subList(before.size(), received().size()))
                .allMatch(name -> Integer.parseInt(name.substring(4)) % 3 == 0);
        assertThat(rig.ledger().delivered()).isEqualTo(90);
    }
}
