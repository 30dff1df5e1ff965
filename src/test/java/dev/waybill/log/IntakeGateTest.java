package dev.waybill.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class IntakeGateTest {
    private final AtomicLong now = new AtomicLong(5_000_000);
    private final AtomicLong free = new AtomicLong(1_000_000_000);
    private final AtomicInteger probes = new AtomicInteger();
    private final InstantSource clock = () -> Instant.ofEpochMilli(now.get());
    private final IntakeGate gate = new IntakeGate(
            512_000_000,
            () -> {
                probes.incrementAndGet();
                return free.get();
            },
            clock);

    @Test
    void it_closes_below_the_reserve_and_opens_above_it_again() {
        assertThat(gate.closed()).isEmpty();
        free.set(300_000_000);
        now.addAndGet(1000);
        assertThat(gate.closed())
                .contains("Only 300 MB of disk are free, log.minFreeBytes is 512 MB; free some space, "
                        + "intake resumes by itself.");
        free.set(512_000_000);
        now.addAndGet(1000);
        assertThat(gate.closed()).isEmpty();
    }

    @Test
    void the_disk_is_asked_at_most_once_a_second_even_when_the_clock_is_set_back() {
        for (int i = 0; i < 100; i++) {
            assertThat(gate.closed()).isEmpty();
        }
        assertThat(probes).hasValue(1);
        now.addAndGet(-3_600_000);
        assertThat(gate.closed()).isEmpty();
        assertThat(gate.closed()).isEmpty();
        assertThat(probes).hasValue(2);
    }

    @Test
    void a_disk_that_does_not_say_closes_it() {
        IntakeGate blind = new IntakeGate(
                1,
                () -> {
                    throw new UncheckedIOException(new IOException("no such device"));
                },
                clock);
        assertThat(blind.closed()).get().asString().startsWith("The free disk space can't be read");
    }

    @Test
    void a_failure_stays_with_its_first_reason() {
        gate.fail("one");
        gate.fail("two");
        now.addAndGet(3_600_000);
        assertThat(gate.closed()).contains("one");
    }

    @Test
    void a_full_log_closes_it_until_there_is_space_and_a_shutdown_for_good() {
        gate.full("The log is full.");
        assertThat(gate.closed()).contains("The log is full.");
        gate.full(null);
        assertThat(gate.closed()).isEmpty();
        gate.shutDown();
        assertThat(gate.closed()).contains("The server is shutting down; try again.");
    }
}
