package dev.waybill.identity;

import org.jspecify.annotations.Nullable;

/// The durable reports of one pipeline, oldest first. Safe for threads.
public interface Reports {
    /// No reports at all.
    Reports NONE = _ -> new Cursor() {
        @Override
        public @Nullable Report next() {
            return null;
        }

        @Override
        public void close() {}
    };

    /// Reads from the first report that was received at or after that time, in milliseconds of the epoch.
    Cursor from(long receivedAt);

    /// Belongs to one thread.
    interface Cursor extends AutoCloseable {
        /// The next durable report, or null when there is none yet: a later call may find one.
        @Nullable
        Report next();

        @Override
        void close();
    }
}
