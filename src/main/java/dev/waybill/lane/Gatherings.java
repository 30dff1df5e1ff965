package dev.waybill.lane;

import dev.waybill.json.JsonText;
import dev.waybill.kit.BatchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Events that wait for others to go in one request: one gathering for each limit on their number, because the halves
/// of a refused batch may not grow again. All were decided for the same target. Belongs to the lane's thread.
final class Gatherings {
    private final SortedMap<Integer, Gathering> byLimit = new TreeMap<>();
    private int size;

    /// Events that are to go in one request.
    private static final class Gathering {
        final int limit;
        final List<Parcel> parcels = new ArrayList<>();
        private final BatchRule rule;
        /// When the first came, in milliseconds of the epoch.
        private final long since;

        private long bytes;

        Gathering(BatchRule rule, int limit, long since) {
            this.rule = rule;
            this.limit = limit;
            this.since = since;
        }

        void add(Parcel parcel, long size) {
            parcels.add(parcel);
            bytes += size;
        }

        boolean hasRoomFor(long more) {
            return bytes + more <= rule.bytes();
        }

        boolean full() {
            return parcels.size() >= limit || bytes >= rule.bytes();
        }

        /// A part of a refused batch waits for nobody but the rest of that part.
        boolean isPart() {
            return parcels.getFirst().work().batchLimit < Integer.MAX_VALUE;
        }

        long ends() {
            return since + rule.patience().toMillis();
        }
    }

    int size() {
        return size;
    }

    /// Adds an event. Those that it finds no room beside are taken out and returned; they are to be sent.
    ///
    /// @param limit the most events of its request, 2 at least
    List<Parcel> add(Parcel parcel, BatchRule rule, int limit, long now) {
        long bytes = JsonText.bytes(parcel.request().body()).length;
        Gathering there = byLimit.get(limit);
        List<Parcel> displaced = there == null || there.hasRoomFor(bytes) ? List.of() : take(there);
        byLimit.computeIfAbsent(limit, _ -> new Gathering(rule, limit, now)).add(parcel, bytes);
        size++;
        return displaced;
    }

    /// Takes out one gathering that is full or has waited long enough; empty when there is none.
    ///
    /// @param lonely whether no further event is about to come, so that parts of refused batches are whole
    List<Parcel> takeReady(long now, boolean lonely) {
        for (Gathering each : byLimit.values()) {
            if (each.full() || each.ends() <= now || (lonely && each.isPart())) {
                return take(each);
            }
        }
        return List.of();
    }

    private List<Parcel> take(Gathering gathering) {
        byLimit.remove(gathering.limit);
        size -= gathering.parcels.size();
        return gathering.parcels;
    }

    /// Takes out everything.
    List<Parcel> takeAll() {
        List<Parcel> all = new ArrayList<>(size);
        byLimit.values().forEach(each -> all.addAll(each.parcels));
        byLimit.clear();
        size = 0;
        return all;
    }

    /// When the first has waited long enough, in milliseconds of the epoch; [Long#MAX_VALUE] when none waits. It may
    /// be over already.
    long nextReady() {
        long next = Long.MAX_VALUE;
        for (Gathering each : byLimit.values()) {
            next = Math.min(next, each.full() ? 0 : each.ends());
        }
        return next;
    }
}
