package dev.waybill.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.event.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [EventLog] promises, wherever it keeps its records.
abstract class EventLogContract {
    EventLog log;

    /// Opens the log of this test; after a close, the same one again.
    abstract EventLog open() throws Exception;

    @BeforeEach
    void opened() throws Exception {
        log = open();
    }

    @AfterEach
    void closed() {
        log.close();
    }

    static LogRecord record(int number) {
        RecordHeader header = new RecordHeader(
                EventType.TRACK, "m-" + number, "anonymous-" + number % 3, false, Map.of(), null, null, null);
        return new LogRecord(1_000_000 + number, header, ("{\"n\":" + number + "}").getBytes(UTF_8));
    }

    static List<LogRecord> records(int from, int to) {
        List<LogRecord> records = new ArrayList<>();
        for (int i = from; i < to; i++) {
            records.add(record(i));
        }
        return records;
    }

    static List<String> bodies(EventLog log, long from) {
        List<String> bodies = new ArrayList<>();
        try (LogReader reader = log.reader(from)) {
            for (LogItem item = reader.next(); item != null; item = reader.next()) {
                bodies.add(
                        switch (item) {
                            case LogItem.Entry entry ->
                                new String(entry.record().body(), UTF_8);
                            case LogItem.Damaged damaged -> "damaged " + damaged.sequence() + ".." + damaged.next();
                        });
            }
        }
        return bodies;
    }

    static List<String> expected(int from, int to) {
        return records(from, to).stream()
                .map(record -> new String(record.body(), UTF_8))
                .toList();
    }

    @Test
    void an_empty_log_has_nothing() throws Exception {
        assertThat(log.first()).isZero();
        assertThat(log.end()).isZero();
        assertThat(log.read(0)).isEmpty();
        assertThat(log.sequenceAt(0)).isZero();
        assertThat(log.reader(0).next()).isNull();
        assertThat(log.awaitBeyond(0, 1)).isFalse();
    }

    @Test
    void appended_records_are_readable_at_once_in_order_and_whole() throws Exception {
        assertThat(log.append(records(0, 3))).isZero();
        assertThat(log.append(records(3, 10))).isEqualTo(3);
        assertThat(log.end()).isEqualTo(10);
        assertThat(bodies(log, 0)).isEqualTo(expected(0, 10));
        assertThat(bodies(log, 7)).isEqualTo(expected(7, 10));
        LogItem.Entry entry = (LogItem.Entry) log.read(4).orElseThrow();
        assertThat(entry.sequence()).isEqualTo(4);
        assertThat(entry.next()).isEqualTo(5);
        assertThat(entry.record().header()).isEqualTo(record(4).header());
        assertThat(entry.record().receivedAt()).isEqualTo(1_000_004);
        assertThat(log.read(10)).isEmpty();
        assertThat(log.bytes()).isPositive();
    }

    @Test
    void a_reader_at_the_end_finds_more_later() throws Exception {
        try (LogReader reader = log.reader(0)) {
            assertThat(reader.next()).isNull();
            log.append(records(0, 1));
            assertThat(reader.next()).isNotNull();
            assertThat(reader.position()).isOne();
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void what_was_received_before_a_time_is_below_its_end_also_when_it_was_written_late() throws Exception {
        log.append(List.of(record(50_000), record(49_999), record(60_100)));
        assertThat(log.sequenceAt(1_050_000)).isZero();
        assertThat(log.endBefore(1_050_000)).isEqualTo(2);
        assertThat(log.endBefore(1_050_101)).isEqualTo(3);
        assertThat(log.endBefore(Long.MAX_VALUE)).isEqualTo(3);
    }

    @Test
    void records_are_found_by_time() throws Exception {
        log.append(records(0, 20));
        assertThat(log.sequenceAt(0)).isZero();
        assertThat(log.sequenceAt(1_000_007)).isEqualTo(7);
        assertThat(log.sequenceAt(2_000_000)).isEqualTo(20);
    }

    @Test
    void everything_is_there_after_a_reopening() throws Exception {
        log.append(records(0, 50));
        log.close();
        log = open();
        assertThat(log.end()).isEqualTo(50);
        assertThat(log.append(records(50, 60))).isEqualTo(50);
        assertThat(bodies(log, 0)).isEqualTo(expected(0, 60));
    }

    @Test
    void a_closed_log_refuses() {
        log.close();
        assertThatThrownBy(() -> log.append(records(0, 1))).isInstanceOf(LogUnavailableException.class);
    }

    @Test
    void waiting_ends_when_a_record_comes() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> waiting = threads.submit(() -> log.awaitBeyond(1, 60_000));
            log.append(records(0, 1));
            log.append(records(1, 2));
            assertThat(waiting.get()).isTrue();
        }
        assertThat(log.awaitBeyond(1, 0)).isTrue();
    }

    @Test
    void many_appenders_at_once_each_get_their_own_dense_sequences() throws Exception {
        ConcurrentSkipListMap<Long, Integer> acknowledged = new ConcurrentSkipListMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> appenders = new ArrayList<>();
            for (int appender = 0; appender < 200; appender++) {
                int base = appender * 100;
                appenders.add(threads.submit(() -> {
                    for (int i = 0; i < 20; i++) {
                        int size = 1 + i % 3;
                        long first = log.append(records(base + i * 4, base + i * 4 + size));
                        assertThat(log.end()).isGreaterThanOrEqualTo(first + size);
                        for (int j = 0; j < size; j++) {
                            acknowledged.put(first + j, base + i * 4 + j);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> appender : appenders) {
                appender.get();
            }
        }
        int total = 200 * (7 + 7 * 2 + 6 * 3);
        assertThat(acknowledged).hasSize(total);
        assertThat(log.end()).isEqualTo(total);
        List<String> bodies = bodies(log, 0);
        assertThat(bodies).hasSize(total);
        acknowledged.forEach((sequence, number) ->
                assertThat(bodies.get(sequence.intValue())).isEqualTo("{\"n\":%d}".formatted(number)));
    }
}
