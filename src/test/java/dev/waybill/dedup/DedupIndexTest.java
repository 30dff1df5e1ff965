package dev.waybill.dedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DedupIndexTest {
    private static MessageHash id(long number) {
        return MessageHash.of("web", "m-" + number);
    }

    @Test
    void only_a_later_sequence_with_the_same_id_of_the_same_pipeline_is_a_duplicate() {
        DedupIndex index = new DedupIndex(Duration.ofHours(1), 100);
        index.add(id(1), 10, 1_000_000);
        index.add(id(1), 11, 1_000_500);
        assertThat(index.isDuplicate("web", "m-1", 10, 1_000_000)).isFalse();
        assertThat(index.isDuplicate("web", "m-1", 9, 1_000_000)).isFalse();
        assertThat(index.isDuplicate("web", "m-1", 11, 1_000_500)).isTrue();
        assertThat(index.isDuplicate("web", "m-2", 11, 1_000_500)).isFalse();
        assertThat(index.isDuplicate("app", "m-1", 11, 1_000_500)).isFalse();
        assertThat(index.firstSequence(id(1), 1_000_500)).hasValue(10);
    }

    @Test
    void after_the_window_an_id_is_new_again() {
        DedupIndex index = new DedupIndex(Duration.ofSeconds(60), 100);
        index.add(id(1), 10, 1_000_000);
        assertThat(index.isDuplicate("web", "m-1", 11, 1_060_999)).isTrue();
        assertThat(index.isDuplicate("web", "m-1", 11, 1_061_000)).isFalse();
        index.add(id(1), 20, 1_061_000);
        assertThat(index.firstSequence(id(1), 1_061_000)).hasValue(20);
        assertThat(index.count()).isOne();
    }

    @Test
    void the_effective_window_is_shorter_while_room_decides_and_whole_again_later() {
        DedupIndex index = new DedupIndex(Duration.ofSeconds(60), 3);
        for (int i = 0; i < 3; i++) {
            index.add(id(i), i, 1_000_000 + i * 1000);
        }
        assertThat(index.effectiveWindowSeconds(1_010_000)).isEqualTo(60);
        index.add(id(3), 3, 1_003_000);
        assertThat(index.effectiveWindowSeconds(1_010_000)).isEqualTo(9);
        assertThat(index.firstSequence(id(0), 1_003_000)).isEmpty();
        index.add(id(4), 4, 1_064_000);
        assertThat(index.effectiveWindowSeconds(1_064_000)).isEqualTo(60);
    }

    @Test
    void an_impossible_number_of_ids_is_refused() {
        assertThatThrownBy(() -> new DedupIndex(Duration.ofHours(1), 0))
                .hasMessage("maxIds is 0; 1 to 500000000 are allowed.");
    }

    @Test
    void a_fresh_index_costs_nearly_nothing_and_what_is_forgotten_is_given_back() {
        DedupIndex index = new DedupIndex(Duration.ofSeconds(60), 4_000_000);
        assertThat(index.bytes()).isLessThan(10_000);
        for (int i = 0; i < 200_000; i++) {
            index.add(id(i), i, 1_000_000);
        }
        long full = index.bytes();
        assertThat(full).isBetween(200_000L * 28, 200_000L * 42);
        index.add(id(-1), 200_000, 9_000_000);
        assertThat(index.count()).isOne();
        assertThat(index.bytes()).isLessThan(full / 3);
    }

    /// The model: ids in the order of arrival, the oldest go by time, then by number.
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 5000, 40_000})
    void it_agrees_with_a_plain_map(int maxIds) {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        DedupIndex index = new DedupIndex(Duration.ofMinutes(5), maxIds);
        SequencedMap<Long, long[]> model = new LinkedHashMap<>();
        long now = 1_000_000;
        for (int sequence = 0; sequence < 150_000; sequence++) {
            now += random.nextInt(100) == 0 ? random.nextInt(20) * 1000L : 0;
            long number = random.nextInt(1 + random.nextInt(60_000));
            long second = now / 1000;
            while (!model.isEmpty() && eldest(model).getValue()[1] < second - 300) {
                model.remove(eldest(model).getKey());
            }
            if (!model.containsKey(number)) {
                if (model.size() == maxIds) {
                    model.remove(eldest(model).getKey());
                }
                model.put(number, new long[] {sequence, second});
            }
            index.add(id(number), sequence, now);
            long asked = random.nextInt(60_000);
            long[] known = model.get(asked);
            assertThat(index.firstSequence(id(asked), now))
                    .as("seed %d, sequence %d", seed, sequence)
                    .isEqualTo(known == null ? OptionalLong.empty() : OptionalLong.of(known[0]));
        }
        assertThat(index.count()).as("seed %d", seed).isEqualTo(model.size());
    }

    private static Map.Entry<Long, long[]> eldest(SequencedMap<Long, long[]> model) {
        return model.firstEntry();
    }
}
