package dev.waybill.lane;

import dev.waybill.identity.Report;
import dev.waybill.identity.Reports;
import dev.waybill.identity.SyncFailure;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The browsers' reports about one kit that were received around the events at hand. It moves forward with them; when
/// it is asked for an earlier time it begins anew there. Belongs to the lane's thread.
///
/// Bounded: at most [#MAX_REPORTS], and [#MAX_OF_PERSON] of one anonymousId; the oldest go first.
final class ReportWindow implements AutoCloseable {
    static final int MAX_REPORTS = 200_000;
    static final int MAX_OF_PERSON = 32;

    /// How far times of neighbouring reports or events may stand in the wrong order, in milliseconds.
    private static final long SLACK = 5_000;

    /// A gap in time that is jumped over instead of read through, in milliseconds.
    private static final long JUMP = 60_000;

    private final Reports reports;
    private final Listener listener;
    private final int maxReports;
    private final ArrayDeque<Seen> inOrder = new ArrayDeque<>();
    private final Map<Person, Seen> newest = new HashMap<>();
    private String kit = "";
    private Reports.@Nullable Cursor cursor;
    /// Reports received before it are not here.
    private long from;
    /// Read already, and too new for now.
    private @Nullable Report ahead;

    /// Told of each report with an identifier as it is read.
    interface Listener {
        void came(Person person, Joined report);
    }

    /// A report, linked to the one of the same person that was read before it.
    static final class Seen {
        final Person person;
        final long receivedAt;
        final @Nullable String puid;
        final @Nullable SyncFailure failure;
        private @Nullable Seen older;

        private Seen(Person person, Report report, @Nullable Seen older) {
            this.person = person;
            this.receivedAt = report.receivedAt();
            this.puid = report.puid();
            this.failure = report.failure();
            this.older = older;
        }
    }

    ReportWindow(Reports reports, Listener listener) {
        this(reports, listener, MAX_REPORTS);
    }

    ReportWindow(Reports reports, Listener listener, int maxReports) {
        this.reports = reports;
        this.listener = listener;
        this.maxReports = maxReports;
    }

    /// Moves the window so that it holds what is durable by now of the reports received between those times, both
    /// included, in milliseconds of the epoch. Reports long before are let go.
    ///
    /// @param now a report from the clock's future, which a wrong clock has left, does not hold up those behind it
    /// @throws java.io.UncheckedIOException when the reports can't be read now; the next call begins anew
    void cover(String kit, long low, long high, long now) {
        try {
            if (cursor == null || low < from || !kit.equals(this.kit)) {
                open(kit, low);
            }
            read(low, high, now);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        from = Math.max(from, low - SLACK);
        while (!inOrder.isEmpty() && (inOrder.getFirst().receivedAt < from || inOrder.size() > maxReports)) {
            drop(inOrder.removeFirst());
        }
    }

    private Reports.Cursor open(String kit, long low) {
        close();
        this.kit = kit;
        from = low - SLACK;
        Reports.Cursor opened = reports.from(from);
        cursor = opened;
        return opened;
    }

    private void read(long low, long high, long now) {
        boolean jumped = false;
        Reports.Cursor reading = cursor == null ? open(kit, low) : cursor;
        for (Report report = ahead == null ? reading.next() : ahead; report != null; report = reading.next()) {
            ahead = null;
            if (report.receivedAt() > high && report.receivedAt() <= now + JUMP) {
                ahead = report;
                return;
            }
            if (report.receivedAt() < low - JUMP && !jumped) {
                jumped = true;
                reading = open(kit, low);
            } else if (report.receivedAt() >= from && report.kit().equals(kit)) {
                add(report);
            }
        }
    }

    private void add(Report report) {
        Person person = Person.of(report.anonymousId());
        Seen seen = new Seen(person, report, newest.get(person));
        newest.put(person, seen);
        inOrder.addLast(seen);
        cut(seen, MAX_OF_PERSON);
        if (inOrder.size() > maxReports) {
            drop(inOrder.removeFirst());
        }
        if (seen.puid != null) {
            listener.came(person, new Joined(kit, seen.puid, seen.receivedAt));
        }
    }

    private static void cut(Seen first, int length) {
        Seen each = first;
        for (int count = 1; each != null; count++) {
            if (count == length) {
                each.older = null;
            }
            each = each.older;
        }
    }

    /// Forgets what stands first in order: it is the last of its person's, or was cut off.
    private void drop(Seen oldest) {
        Seen first = newest.get(oldest.person);
        if (first == oldest) {
            newest.remove(oldest.person);
            return;
        }
        for (Seen each = first; each != null; each = each.older) {
            if (each.older == oldest) {
                each.older = null;
            }
        }
    }

    /// The report of a person nearest to that time and at most that far from it, one with an identifier before any
    /// without; null when there is none.
    ///
    /// @param after identifiers that were reported then or earlier don't count
    @Nullable
    Seen nearest(Person person, long time, long apart, long after) {
        Seen best = null;
        for (Seen each = newest.get(person); each != null; each = each.older) {
            long distance = Math.abs(each.receivedAt - time);
            boolean counts = each.puid == null || each.receivedAt > after;
            if (counts
                    && distance <= apart
                    && (best == null || better(each, distance, best, Math.abs(best.receivedAt - time)))) {
                best = each;
            }
        }
        return best;
    }

    private static boolean better(Seen one, long distance, Seen other, long otherDistance) {
        return (one.puid != null) == (other.puid != null) ? distance < otherDistance : one.puid != null;
    }

    /// How many reports are held.
    int size() {
        return inOrder.size();
    }

    /// Lets go of everything; it may be used again.
    @Override
    public void close() {
        inOrder.clear();
        newest.clear();
        ahead = null;
        if (cursor != null) {
            cursor.close();
            cursor = null;
        }
    }
}
