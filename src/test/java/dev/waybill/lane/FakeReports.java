package dev.waybill.lane;

import dev.waybill.identity.Report;
import dev.waybill.identity.Reports;
import dev.waybill.identity.SyncFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reports in memory, read as those of a log are. Outlives a lane's restart, as durable ones do.
final class FakeReports implements Reports {
    private final List<Report> all = new ArrayList<>();
    private int opened;
    private int reads;
    private boolean broken;

    synchronized void add(Report report) {
        all.add(report);
    }

    void puid(String anonymousId, String puid, long receivedAt) {
        add(new Report(receivedAt, "kargo", anonymousId, puid, null));
    }

    void failure(String anonymousId, SyncFailure failure, long receivedAt) {
        add(new Report(receivedAt, "kargo", anonymousId, null, failure));
    }

    /// Whether reading fails from now on.
    synchronized void broken(boolean now) {
        broken = now;
    }

    /// How many cursors were opened.
    synchronized int opened() {
        return opened;
    }

    /// How often a cursor was asked for more.
    synchronized int reads() {
        return reads;
    }

    @Override
    public synchronized Cursor from(long receivedAt) {
        opened++;
        int start = 0;
        while (start < all.size() && all.get(start).receivedAt() < receivedAt) {
            start++;
        }
        int from = start;
        return new Cursor() {
            private int next = from;

            @Override
            public @Nullable Report next() {
                synchronized (FakeReports.this) {
                    reads++;
                    if (broken) {
                        throw new UncheckedIOException(new IOException("the disk is gone"));
                    }
                    return next < all.size() ? all.get(next++) : null;
                }
            }

            @Override
            public void close() {}
        };
    }
}
