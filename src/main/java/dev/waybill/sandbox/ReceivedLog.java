package dev.waybill.sandbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answered requests, newest kept: at most so many, and at most so many bytes. Safe for threads.
final class ReceivedLog {
    private final int keep;
    private final long keepBytes;
    private final Deque<Received> entries = new ArrayDeque<>();
    private long bytes;
    private long accepted;
    private long refused;

    /// @param keep how many requests to keep
    /// @param keepBytes how many bytes they may take together
    ReceivedLog(int keep, long keepBytes) {
        this.keep = keep;
        this.keepBytes = keepBytes;
    }

    synchronized void add(Received received) {
        if (received.accepted()) {
            accepted++;
        } else {
            refused++;
        }
        entries.addLast(received);
        bytes += received.bytes();
        while (entries.size() > keep || bytes > keepBytes) {
            bytes -= entries.removeFirst().bytes();
        }
    }

    /// The newest first.
    ///
    /// @param event the output name to look for; null for any
    List<Received> newest(int limit, @Nullable String event) {
        List<Received> found = new ArrayList<>();
        for (Iterator<Received> newest = snapshot(event == null ? limit : keep); newest.hasNext(); ) {
            Received received = newest.next();
            if (found.size() == limit) {
                break;
            }
            if (event == null || received.isEvent(event)) {
                found.add(received);
            }
        }
        return found;
    }

    /// Reading bodies takes long, so it is done outside the lock.
    private synchronized Iterator<Received> snapshot(int limit) {
        List<Received> copy = new ArrayList<>(Math.min(limit, entries.size()));
        for (Iterator<Received> newest = entries.descendingIterator(); newest.hasNext() && copy.size() < limit; ) {
            copy.add(newest.next());
        }
        return copy.iterator();
    }

    synchronized Counts counts() {
        return new Counts(accepted, refused);
    }

    /// Forgets the requests and the counts.
    synchronized void clear() {
        entries.clear();
        bytes = 0;
        accepted = 0;
        refused = 0;
    }

    /// How many requests were answered since the last [#clear], kept or not.
    ///
    /// @param accepted with a 2xx
    /// @param refused with any other status
    record Counts(long accepted, long refused) {}
}
