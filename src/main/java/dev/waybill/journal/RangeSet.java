package dev.waybill.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A set of positions as ranges. Usually nearly all stand in one range that begins at the start, so that one is a
/// number and only those behind it are in a tree. Not safe for threads.
public final class RangeSet {
    private final long start;
    /// Everything from the start to here is in the set.
    private long contiguous;
    /// Ranges behind it, first to next: never empty, never touching.
    private final TreeMap<Long, Long> above = new TreeMap<>();

    private long size;

    /// @param start positions before it count as being in the set, but not in its size
    public RangeSet(long start) {
        this.start = start;
        this.contiguous = start;
    }

    /// Adds a range.
    ///
    /// @return how many positions were not in the set before
    public long add(long first, long next) {
        long from = Math.max(first, contiguous);
        if (from >= next) {
            return 0;
        }
        long low = from;
        long high = next;
        long added = next - from;
        Map.Entry<Long, Long> touching = above.floorEntry(from);
        if (touching == null || touching.getValue() < from) {
            touching = above.higherEntry(from);
        }
        while (touching != null && touching.getKey() <= next) {
            added -= Math.max(0, Math.min(next, touching.getValue()) - Math.max(from, touching.getKey()));
            low = Math.min(low, touching.getKey());
            high = Math.max(high, touching.getValue());
            above.remove(touching.getKey());
            touching = above.higherEntry(touching.getKey());
        }
        if (low == contiguous) {
            contiguous = high;
        } else {
            above.put(low, high);
        }
        size += added;
        return added;
    }

    /// Whether a position is in the set.
    public boolean contains(long position) {
        if (position < contiguous) {
            return true;
        }
        Map.Entry<Long, Long> range = above.floorEntry(position);
        return range != null && position < range.getValue();
    }

    /// How many positions are in the set.
    long size() {
        return size;
    }

    /// The lowest position, from the start on, that is not in the set.
    long firstAbsent() {
        return contiguous;
    }

    /// The lowest position, from that one on, that is not in the set.
    long nextAbsent(long position) {
        if (position < contiguous) {
            return contiguous;
        }
        Map.Entry<Long, Long> range = above.floorEntry(position);
        return range == null ? position : Math.max(position, range.getValue());
    }

    /// The lowest position in the set, from an absent one on; [Long#MAX_VALUE] when there is none.
    long nextPresent(long position) {
        Long first = above.ceilingKey(position);
        return first == null ? Long.MAX_VALUE : first;
    }

    /// One more than the highest position in the set; the start when it is empty.
    long end() {
        return above.isEmpty() ? contiguous : above.lastEntry().getValue();
    }

    /// How many ranges of absent positions there are from the start to the limit.
    int gapsBelow(long limit) {
        if (contiguous >= limit) {
            return 0;
        }
        Map.Entry<Long, Long> last = above.lowerEntry(limit);
        if (last == null) {
            return 1;
        }
        int ranges = last.getKey().equals(above.lastKey())
                ? above.size()
                : above.headMap(limit, false).size();
        return last.getValue() < limit ? ranges + 1 : ranges;
    }

    /// The lowest gaps from the start to the limit, each as first and next.
    List<long[]> gaps(long limit, int max) {
        List<long[]> gaps = new ArrayList<>();
        long from = contiguous;
        for (Map.Entry<Long, Long> range : above.entrySet()) {
            if (range.getKey() >= limit || gaps.size() == max) {
                break;
            }
            gaps.add(new long[] {from, range.getKey()});
            from = range.getValue();
        }
        if (from < limit && gaps.size() < max) {
            gaps.add(new long[] {from, limit});
        }
        return gaps;
    }

    /// All ranges, ascending, as first, next, first, next, …
    List<Long> ranges() {
        List<Long> all = new ArrayList<>();
        if (contiguous > start) {
            all.add(start);
            all.add(contiguous);
        }
        above.forEach((first, next) -> {
            all.add(first);
            all.add(next);
        });
        return all;
    }
}
