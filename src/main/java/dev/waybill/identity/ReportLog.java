package dev.waybill.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.event.EventType;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.log.EventLog;
import dev.waybill.log.LogItem;
import dev.waybill.log.LogReader;
import dev.waybill.log.LogRecord;
import dev.waybill.log.LogUnavailableException;
import dev.waybill.log.RecordHeader;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The reports of one pipeline: records like its events, in a log of their own, so that they are as durable and a
/// lane's arithmetic of positions knows nothing of them. A record's key is the anonymousId, its body
/// `{"kit":"kargo","puid":"…"}` or `{"kit":"kargo","failure":"timeout"}`. Safe for threads.
public final class ReportLog implements Reports {
    private final EventLog log;

    /// @param log holds nothing else; its owner closes it
    public ReportLog(EventLog log) {
        this.log = log;
    }

    /// Keeps a report, and returns when it is durable.
    ///
    /// @throws LogUnavailableException when it can't be made durable now
    public void append(Report report) throws LogUnavailableException {
        JsonObject.Builder body = JsonObject.builder().put("kit", report.kit());
        if (report.puid() != null) {
            body.put("puid", report.puid());
        }
        if (report.failure() != null) {
            body.put("failure", report.failure().code());
        }
        RecordHeader header = new RecordHeader(
                EventType.IDENTIFY,
                UUID.randomUUID().toString(),
                report.anonymousId(),
                false,
                Map.of(),
                null,
                null,
                null);
        log.append(List.of(new LogRecord(report.receivedAt(), header, JsonText.bytes(body.build()))));
    }

    @Override
    public Cursor from(long receivedAt) {
        return new Reading(log.reader(log.sequenceAt(receivedAt)));
    }

    private record Reading(LogReader reader) implements Cursor {
        @Override
        public @Nullable Report next() {
            for (LogItem item = reader.next(); item != null; item = reader.next()) {
                Report report = item instanceof LogItem.Entry entry ? report(entry.record()) : null;
                if (report != null) {
                    return report;
                }
            }
            return null;
        }

        /// Null when the bytes are no report: what can't be read joins nothing.
        private static @Nullable Report report(LogRecord record) {
            try {
                if (!(JsonText.read(new String(record.body(), UTF_8)) instanceof JsonObject body)) {
                    return null;
                }
                String kit = body.text("kit");
                String failure = body.text("failure");
                return kit == null
                        ? null
                        : new Report(
                                record.receivedAt(),
                                kit,
                                record.header().partitionKey(),
                                body.text("puid"),
                                failure == null ? null : SyncFailure.of(failure).orElse(null));
            } catch (tools.jackson.core.JacksonException e) {
                return null;
            }
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
