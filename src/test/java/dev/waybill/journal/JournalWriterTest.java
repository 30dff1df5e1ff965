package dev.waybill.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class JournalWriterTest {
    /// Keeps the order of what happens to it.
    private static final class Recording implements JournalWriter.Sink {
        private final List<String> calls = new CopyOnWriteArrayList<>();
        private final AtomicBoolean failing = new AtomicBoolean();
        private long next;

        @Override
        public long append(long time, byte[] payload) {
            calls.add("append");
            return next++;
        }

        @Override
        public void write() {
            calls.add("write");
        }

        @Override
        public void force() throws IOException {
            if (failing.get()) {
                throw new IOException("No space left on device");
            }
            calls.add("force");
        }
    }

    private static void appendAndWait(JournalWriter.Appender appender) throws InterruptedException {
        CountDownLatch durable = new CountDownLatch(1);
        appender.append(1, new byte[1], _ -> durable.countDown());
        assertThat(durable.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_callback_runs_only_when_its_entry_is_forced() throws Exception {
        Recording sink = new Recording();
        CountDownLatch done = new CountDownLatch(1);
        try (JournalWriter writer = new JournalWriter(true, _ -> {})) {
            writer.attach("a journal", sink, () -> {}).append(1, new byte[1], sequence -> {
                sink.calls.add("told " + sequence);
                done.countDown();
            });
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(sink.calls).containsExactly("append", "write", "force", "told 0");
    }

    @Test
    void a_failed_force_is_told_once_and_its_callbacks_never_run_while_others_go_on() throws Exception {
        List<String> failures = new CopyOnWriteArrayList<>();
        Recording broken = new Recording();
        broken.failing.set(true);
        AtomicBoolean told = new AtomicBoolean();
        try (JournalWriter writer = new JournalWriter(true, failures::add)) {
            JournalWriter.Appender bad = writer.attach("the journal of web/kargo", broken, () -> {});
            JournalWriter.Appender good = writer.attach("another", new Recording(), () -> {});
            bad.append(1, new byte[1], _ -> told.set(true));
            appendAndWait(good);
            broken.failing.set(false);
            bad.append(2, new byte[1], _ -> told.set(true));
            appendAndWait(good);
            bad.close(() -> {});
        }
        assertThat(told).isFalse();
        assertThat(failures).containsExactly("Writing to the journal of web/kargo failed: No space left on device");
    }

    @Test
    void closing_waits_for_what_was_appended() {
        Recording sink = new Recording();
        try (JournalWriter writer = new JournalWriter(false, _ -> {})) {
            JournalWriter.Appender appender = writer.attach("a journal", sink, () -> {});
            for (int i = 0; i < 1000; i++) {
                appender.append(1, new byte[1], _ -> sink.calls.add("told"));
            }
            appender.close(() -> sink.calls.add("closed"));
            appender.append(1, new byte[1], _ -> sink.calls.add("too late"));
        }
        assertThat(sink.calls).endsWith("closed").doesNotContain("force", "too late");
        assertThat(sink.calls.stream().filter("told"::equals)).hasSize(1000);
    }
}
