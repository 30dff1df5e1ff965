package dev.waybill.journal;

import java.util.function.Consumer;

/// Skeleton.
public final class JournalWriter implements AutoCloseable {
    /// @param force whether each group is forced to the disk before its callbacks run
    /// @param onFailure told once a write or force has failed: stop taking events
    public JournalWriter(boolean force, Consumer<String> onFailure) {
        throw new UnsupportedOperationException(force + " " + onFailure);
    }

    @Override
    public void close() {}
}
