package dev.waybill.log;

import dev.waybill.segments.Cursor;
import dev.waybill.segments.Item;
import dev.waybill.segments.SegmentedLog.Frame;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a [FileLog] up to its durable end.
final class FileLogReader implements LogReader {
    private static final Logger LOG = LoggerFactory.getLogger(FileLogReader.class);

    private final String name;
    private final Cursor cursor;
    private final LongSupplier end;

    FileLogReader(String name, Cursor cursor, LongSupplier end) {
        this.name = name;
        this.cursor = cursor;
        this.end = end;
    }

    @Override
    public @Nullable LogItem next() {
        Item item = cursor.next(end.getAsLong());
        return item == null ? null : item(name, item);
    }

    static LogItem item(String name, Item item) {
        return switch (item) {
            case Frame frame -> entry(name, frame);
            case Item.Lost lost -> new LogItem.Damaged(lost.first(), lost.next(), lost.where());
        };
    }

    private static LogItem entry(String name, Frame frame) {
        try {
            return new LogItem.Entry(frame.sequence(), RecordPayload.decode(frame));
        } catch (IllegalArgumentException e) {
            String where = "pipeline %s, sequence %d: %s".formatted(name, frame.sequence(), e.getMessage());
            LOG.error("An event in the log is unreadable: {}.", where);
            return new LogItem.Damaged(frame.sequence(), frame.sequence() + 1, where);
        }
    }

    @Override
    public long position() {
        return cursor.position();
    }

    @Override
    public void close() {
        cursor.close();
    }
}
