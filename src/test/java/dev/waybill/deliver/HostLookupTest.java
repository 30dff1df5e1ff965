package dev.waybill.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HostLookupTest {
    private static final AddressGuard OPEN = new AddressGuard(() -> true);

    @Test
    void a_look_up_runs_on_a_platform_thread_once_for_all_that_ask_meanwhile() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        AtomicBoolean virtual = new AtomicBoolean();
        CountDownLatch go = new CountDownLatch(1);
        InetAddress found = InetAddress.getLoopbackAddress();
        HostLookup lookup = new HostLookup(
                _ -> {
                    looks.incrementAndGet();
                    virtual.set(Thread.currentThread().isVirtual());
                    awaitQuietly(go);
                    return new InetAddress[] {found};
                },
                OPEN,
                Duration.ofSeconds(20));
        List<Thread> asking = new ArrayList<>();
        Queue<InetAddress> answers = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 50; i++) {
            asking.add(Thread.startVirtualThread(() -> {
                try {
                    answers.addAll(List.of(lookup.resolve("kargo.example")));
                } catch (UnknownHostException e) {
                    throw new UncheckedIOException(e);
                }
            }));
        }
        while (!asking.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING)) {
            Thread.onSpinWait();
        }
        go.countDown();
        for (Thread thread : asking) {
            thread.join();
        }
        assertThat(answers).hasSize(50).containsOnly(found);
        assertThat(looks).hasValue(1);
        assertThat(virtual).isFalse();
        // What was found is the system's to remember, or to forget.
        lookup.resolve("kargo.example");
        assertThat(looks).hasValue(2);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
