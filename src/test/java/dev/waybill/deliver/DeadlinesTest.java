package dev.waybill.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DeadlinesTest {
    private final Deadlines deadlines = new Deadlines();

    @Test
    void an_attempt_is_cut_at_its_deadline_and_not_before() throws Exception {
        for (int round = 0; round < 20; round++) {
            Probe probe = new Probe(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(10 + round * 3L));
            deadlines.add(probe);
            probe.cut.await();
            assertThat(probe.cutAt - probe.deadline).isNotNegative();
            deadlines.remove(probe);
        }
    }

    @Test
    void one_that_cannot_be_cut_does_not_save_the_others() throws Exception {
        Probe before = new Probe(System.nanoTime());
        AtomicInteger tries = new AtomicInteger();
        deadlines.add(new Deadlines.Timed() {
            @Override
            public long deadline() {
                return before.deadline;
            }

            @Override
            public void cut() {
                if (tries.incrementAndGet() == 1) {
                    throw new IllegalStateException("for the test");
                }
            }
        });
        deadlines.add(before);
        before.cut.await();
        Probe after = new Probe(System.nanoTime());
        deadlines.add(after);
        after.cut.await();
        assertThat(tries).hasPositiveValue();
    }

    @Test
    void what_was_removed_is_left_alone() throws Exception {
        Probe removed = new Probe(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(60));
        deadlines.add(removed);
        deadlines.remove(removed);
        Probe later = new Probe(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(120));
        deadlines.add(later);
        later.cut.await();
        assertThat(removed.cut.getCount()).isEqualTo(1);
    }

    private static final class Probe implements Deadlines.Timed {
        private final long deadline;
        private final CountDownLatch cut = new CountDownLatch(1);
        private volatile long cutAt;

        Probe(long deadline) {
            this.deadline = deadline;
        }

        @Override
        public long deadline() {
            return deadline;
        }

        @Override
        public void cut() {
            cutAt = System.nanoTime();
            cut.countDown();
        }
    }
}
