package dev.waybill.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RangeSetTest {
    private static final int START = 7;
    private static final int SIZE = 120;

    @Test
    void is_what_a_plain_set_of_positions_is() {
        for (long seed = 0; seed < 400; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            RangeSet ranges = new RangeSet(START);
            BitSet model = new BitSet();
            for (int step = 0; step < 60; step++) {
                int first = random.nextInt(SIZE);
                int next = random.nextBoolean() ? first + 1 : Math.min(SIZE, first + 1 + random.nextInt(20));
                int before = model.cardinality();
                model.set(Math.max(START, first), Math.max(START, next));
                assertThat(ranges.add(first, next))
                        .as("seed %d step %d", seed, step)
                        .isEqualTo(model.cardinality() - before);
                check(ranges, model, random.nextInt(START, SIZE + 5), "seed %d step %d".formatted(seed, step));
            }
        }
    }

    private static void check(RangeSet ranges, BitSet model, int limit, String where) {
        assertThat(ranges.size()).as(where).isEqualTo(model.cardinality());
        assertThat(ranges.firstAbsent()).as(where).isEqualTo(model.nextClearBit(START));
        assertThat(ranges.end()).as(where).isEqualTo(Math.max(START, model.length()));
        for (int position = 0; position < SIZE + 2; position++) {
            assertThat(ranges.contains(position)).as(where).isEqualTo(position < START || model.get(position));
            assertThat(ranges.nextAbsent(position)).as(where).isEqualTo(model.nextClearBit(Math.max(START, position)));
        }
        List<long[]> gaps = new ArrayList<>();
        for (int from = model.nextClearBit(START); from < limit; ) {
            int set = model.nextSetBit(from);
            int next = set < 0 || set > limit ? limit : set;
            gaps.add(new long[] {from, next});
            from = set < 0 ? limit : model.nextClearBit(set);
        }
        assertThat(ranges.gapsBelow(limit)).as(where + " below " + limit).isEqualTo(gaps.size());
        assertThat(ranges.gaps(limit, 1000).toArray(new long[0][]))
                .as(where)
                .isDeepEqualTo(gaps.toArray(new long[0][]));
        assertThat(ranges.gaps(limit, 2)).as(where).hasSize(Math.min(2, gaps.size()));
        RangeSet copy = new RangeSet(START);
        List<Long> flat = ranges.ranges();
        for (int i = 0; i < flat.size(); i += 2) {
            copy.add(flat.get(i), flat.get(i + 1));
        }
        assertThat(copy.ranges()).as(where).isEqualTo(flat);
        assertThat(copy.size()).as(where).isEqualTo(ranges.size());
    }
}
