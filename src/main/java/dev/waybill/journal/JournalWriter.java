package dev.waybill.journal;

import dev.waybill.segments.SegmentedLog;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes all journals and dead letters of a server with one thread: takes what has come, writes it to each log, forces
/// each, then runs the callbacks in the order of appending. So a group of any size costs one force a log.
///
/// Bounds: at most [#MAX_QUEUED] appends wait; who comes then waits too, which slows lanes to what the disk takes. The
/// writer's own callbacks never wait. A log whose write or force has failed takes nothing any more: its callbacks never
/// run, `onFailure` is told once, the other logs go on.
///
/// A second thread calls each log's chores about once a second, so that checkpoints keep no append waiting.
///
/// Safe for threads.
public final class JournalWriter implements AutoCloseable {
    /// How many appends wait at most.
    public static final int MAX_QUEUED = 65_536;

    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
    private static final long CHORES_MILLIS = 1000;

    private final boolean force;
    private final Consumer<String> onFailure;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition came = lock.newCondition();
    private final Condition taken = lock.newCondition();
    private final List<Appender> appenders = new CopyOnWriteArrayList<>();
    private final Thread writer;
    private final Thread chores;
    private ArrayDeque<Item> queue = new ArrayDeque<>();
    private boolean closing;

    /// What is written to: a [SegmentedLog], or a failing one in tests.
    interface Sink {
        long append(long time, byte[] payload);

        void write() throws IOException;

        void force() throws IOException;
    }

    /// A null payload: nothing is written, only the callback is run in its turn.
    @SuppressWarnings("ArrayRecordComponent")
    private record Item(Appender to, long time, byte @Nullable [] payload, LongConsumer then) {}

    private record Written(Item item, long sequence) {}

    /// Starts the threads.
    ///
    /// @param force whether each group is forced to the disk before its callbacks run
    /// @param onFailure told, one sentence, when a write or force has failed: take no events until a restart
    public JournalWriter(boolean force, Consumer<String> onFailure) {
        this.force = force;
        this.onFailure = onFailure;
        this.writer = Thread.ofPlatform().name("journal-writer").daemon().unstarted(this::write);
        this.chores = Thread.ofPlatform().name("journal-chores").daemon().unstarted(this::doChores);
        writer.start();
        chores.start();
    }

    /// One log's way to the writer.
    public final class Appender {
        private final String name;
        private final Sink sink;
        private final Runnable chore;
        private volatile boolean ended;

        private Appender(String name, Sink sink, Runnable chore) {
            this.name = name;
            this.sink = sink;
            this.chore = chore;
        }

        /// Appends a frame.
        ///
        /// @param time milliseconds of the epoch
        /// @param whenDurable takes the frame's sequence, on the writer's thread; must be quick and must not
        ///     throw. Never run when the log has failed or was closed.
        public void append(long time, byte[] payload, LongConsumer whenDurable) {
            submit(new Item(this, time, payload, whenDurable));
        }

        /// Runs something on the writer's thread when everything appended before is durable.
        public void afterwards(Runnable task) {
            submit(new Item(this, 0, null, _ -> task.run()));
        }

        /// Waits until everything appended before is durable, then runs the last task and takes nothing more. When the
        /// log has failed before, the task runs all the same.
        public void close(Runnable last) {
            appenders.remove(this);
            CountDownLatch done = new CountDownLatch(1);
            boolean queued = !ended
                    && submit(new Item(this, 0, null, _ -> {
                        ended = true;
                        done.countDown();
                    }));
            boolean interrupted = false;
            // The writer must be done with the log before it is closed, so an interrupt has to wait.
            while (queued && !ended && done.getCount() > 0) {
                try {
                    done.await(100, TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            ended = true;
            last.run();
        }

        private void fail(Exception failure) {
            if (ended) {
                return;
            }
            ended = true;
            LOG.error("Writing to {} failed; nothing is taken until a restart.", name, failure);
            onFailure.accept("Writing to %s failed: %s".formatted(name, failure.getMessage()));
        }
    }

    /// Takes a log over: its append, write and force belong to this writer now.
    ///
    /// @param name for people
    /// @param chore run about once a second on the second thread; must not throw
    public Appender attach(String name, SegmentedLog log, Runnable chore) {
        return attach(
                name,
                new Sink() {
                    @Override
                    public long append(long time, byte[] payload) {
                        return log.append(time, payload);
                    }

                    @Override
                    public void write() throws IOException {
                        log.write();
                    }

                    @Override
                    public void force() throws IOException {
                        log.force();
                    }
                },
                chore);
    }

    Appender attach(String name, Sink sink, Runnable chore) {
        Appender appender = new Appender(name, sink, chore);
        appenders.add(appender);
        return appender;
    }

    private boolean submit(Item item) {
        lock.lock();
        try {
            while (queue.size() >= MAX_QUEUED && !closing && Thread.currentThread() != writer) {
                taken.awaitUninterruptibly();
            }
            if (closing && Thread.currentThread() != writer) {
                return false;
            }
            queue.add(item);
            came.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void write() {
        for (ArrayDeque<Item> group = take(); !group.isEmpty(); group = take()) {
            List<Written> written = encode(group);
            Set<Appender> touched = new LinkedHashSet<>();
            written.stream()
                    .filter(each -> each.item().payload() != null)
                    .forEach(each -> touched.add(each.item().to()));
            touched.forEach(this::makeDurable);
            written.forEach(JournalWriter::tell);
        }
    }

    /// Everything that waits; empty only when closing.
    private ArrayDeque<Item> take() {
        lock.lock();
        try {
            while (queue.isEmpty() && !closing) {
                came.awaitUninterruptibly();
            }
            ArrayDeque<Item> group = queue;
            queue = new ArrayDeque<>();
            taken.signalAll();
            return group;
        } finally {
            lock.unlock();
        }
    }

    private static List<Written> encode(ArrayDeque<Item> group) {
        List<Written> written = new ArrayList<>(group.size());
        for (Item item : group) {
            try {
                if (!item.to().ended) {
                    byte[] payload = item.payload();
                    written.add(new Written(
                            item, payload == null ? 0 : item.to().sink.append(item.time(), payload)));
                }
            } catch (RuntimeException e) {
                item.to().fail(e);
            }
        }
        return written;
    }

    private void makeDurable(Appender appender) {
        try {
            appender.sink.write();
            if (force) {
                appender.sink.force();
            }
        } catch (IOException | RuntimeException e) {
            appender.fail(e);
        }
    }

    private static void tell(Written written) {
        if (written.item().to().ended) {
            return;
        }
        try {
            written.item().then().accept(written.sequence());
        } catch (RuntimeException e) {
            LOG.error("A callback of {} failed.", written.item().to().name, e);
        }
    }

    private void doChores() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(CHORES_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
            for (Appender appender : appenders) {
                try {
                    if (!appender.ended) {
                        appender.chore.run();
                    }
                } catch (RuntimeException e) {
                    LOG.error("A chore of {} failed.", appender.name, e);
                }
            }
        }
    }

    /// Writes what waits and ends both threads. Close the journals before.
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            came.signalAll();
            taken.signalAll();
        } finally {
            lock.unlock();
        }
        chores.interrupt();
        try {
            writer.join();
            chores.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
