package dev.waybill.collect;

import java.util.Iterator;
import java.util.LinkedHashMap;

/// The visits that browsers have returned from, while their cookies could still be shown again. In memory, of this
/// process alone. Bounded: when it is full the oldest is forgotten and nobody refused, for a repeated return is less
/// bad than a lost first one. Safe for threads.
final class SpentVisits {
    /// How many are remembered: over 400 returns a second for [RedirectVisit#LONGEST].
    static final int MOST = 50_000;

    private final int most;
    private final LinkedHashMap<String, Long> endsByNonce = new LinkedHashMap<>();

    SpentVisits() {
        this(MOST);
    }

    SpentVisits(int most) {
        this.most = most;
    }

    /// Notes that a browser returns; false when it did so before.
    ///
    /// @param now milliseconds of the epoch
    synchronized boolean spend(RedirectVisit visit, long now) {
        Iterator<Long> oldest = endsByNonce.values().iterator();
        while (oldest.hasNext() && oldest.next() <= now) {
            oldest.remove();
        }
        boolean first = endsByNonce.putIfAbsent(visit.nonce(), visit.ends()) == null;
        if (endsByNonce.size() > most) {
            endsByNonce.pollFirstEntry();
        }
        return first;
    }
}
