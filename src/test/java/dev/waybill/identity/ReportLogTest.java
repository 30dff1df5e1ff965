package dev.waybill.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.dedup.DedupIndex;
import dev.waybill.log.FileLog;
import dev.waybill.log.IntakeGate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reports are durable, in order, and found by their time.
class ReportLogTest {
    private static final Report FIRST = new Report(1_000, "kargo", "a-1", "efaa6e95-8f9e-25bf-d0ec-6bbbcf92ce59", null);
    private static final Report SECOND = new Report(2_000, "kargo", "a-2", null, SyncFailure.TIMEOUT);
    private static final Report THIRD = new Report(3_000, "other", "ü😀", "x", null);

    @TempDir
    private Path directory;

    private FileLog open() throws IOException {
        return FileLog.open(
                new FileLog.Options("web (identity reports)", directory, 1 << 20, true, 0, () -> {}),
                new IntakeGate(0, () -> Long.MAX_VALUE, InstantSource.system()),
                new DedupIndex(Duration.ZERO, 1));
    }

    private static List<Report> from(Reports reports, long time) {
        List<Report> found = new ArrayList<>();
        try (Reports.Cursor cursor = reports.from(time)) {
            for (Report report = cursor.next(); report != null; report = cursor.next()) {
                found.add(report);
            }
        }
        return found;
    }

    @Test
    void reports_outlive_a_restart_and_come_in_order_from_a_time_on() throws Exception {
        try (FileLog log = open()) {
            ReportLog reports = new ReportLog(log);
            reports.append(FIRST);
            reports.append(SECOND);
        }
        try (FileLog log = open()) {
            ReportLog reports = new ReportLog(log);
            reports.append(THIRD);

            assertThat(from(reports, 0)).containsExactly(FIRST, SECOND, THIRD);
            assertThat(from(reports, 2_000)).containsExactly(SECOND, THIRD);
            assertThat(from(reports, 3_001)).isEmpty();
        }
    }

    @Test
    void a_cursor_at_the_end_finds_what_comes_later() throws Exception {
        try (FileLog log = open()) {
            ReportLog reports = new ReportLog(log);
            try (Reports.Cursor cursor = reports.from(0)) {
                assertThat(cursor.next()).isNull();
                reports.append(SECOND);
                assertThat(cursor.next()).isEqualTo(SECOND);
                assertThat(cursor.next()).isNull();
            }
        }
    }
}
