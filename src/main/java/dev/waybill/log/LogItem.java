package dev.waybill.log;

/// What a reader meets in the log: an event, or a gap where events were lost.
public sealed interface LogItem {
    /// The first sequence that this item covers.
    long sequence();

    /// The sequence after the last one that this item covers.
    long next();

    record Entry(long sequence, LogRecord record) implements LogItem {
        @Override
        public long next() {
            return sequence + 1;
        }
    }

    /// Events that were acknowledged and can't be read any more.
    ///
    /// @param sequence the first lost one
    /// @param next the one after the last lost
    /// @param where file and byte position, for people
    record Damaged(long sequence, long next, String where) implements LogItem {}
}
