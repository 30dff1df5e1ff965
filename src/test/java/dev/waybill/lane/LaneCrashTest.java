package dev.waybill.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.deadletter.DeadLetter;
import dev.waybill.deliver.FakeDestination.Received;
import dev.waybill.deliver.FakeDestination.Reply;
import dev.waybill.journal.Entry;
import dev.waybill.journal.Snapshot;
import dev.waybill.outcome.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.Test;

/// At least once, with few repeats, whatever happens and whenever.
class LaneCrashTest extends OnARig {
    private static final int MAX_IN_FLIGHT = 32;
    private static final String DELIVERY = "delivery: {concurrency: 24, maxInFlight: " + MAX_IN_FLIGHT + "}";

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    /// Held for writing while the rig crashes: a destination does not answer a process that is dead.
    private final ReentrantReadWriteLock alive = new ReentrantReadWriteLock();

    private final Queue<String> accepted = new ConcurrentLinkedQueue<>();

    /// Answers so, and counts what is accepted as soon as it is.
    private Reply whenAlive(Received request, Reply reply, boolean accepts) {
        return (socket, out) -> {
            alive.readLock().lock();
            try {
                if (accepts) {
                    accepted.add(TestEvents.name(request));
                }
                reply.write(socket, out);
                out.flush();
            } finally {
                alive.readLock().unlock();
            }
        };
    }

    private void crash() {
        alive.writeLock().lock();
        try {
            rig.crash();
        } finally {
            alive.writeLock().unlock();
        }
    }

    @Test
    void a_crash_loses_nothing_and_repeats_at_most_what_was_in_flight() {
        destination.usually(request -> whenAlive(request, Reply.status(200), true));
        rig.run(kargo(DELIVERY));
        int crashes = 12;
        int events = 0;
        for (int crash = 1; crash <= crashes; crash++) {
            rig.orders("web", events, events + 300);
            events += 300;
            int target = accepted.size() + random.nextInt(1, 290);
            Await.until(() -> accepted.size() >= target, () -> "seed " + seed + ": " + rig.ledger());
            crash();
            int sofar = accepted.size() - new HashSet<>(accepted).size();
            assertThat(sofar).as("repeats, seed %d", seed).isLessThanOrEqualTo(crash * MAX_IN_FLIGHT);
        }
        Snapshot ledger = rig.drained();

        assertThat(new HashSet<>(accepted)).as("seed %d", seed).hasSize(events);
        assertThat(accepted.size() - events).as("repeats, seed %d", seed).isLessThanOrEqualTo(crashes * MAX_IN_FLIGHT);
        assertThat(ledger.delivered()).as("seed %d", seed).isEqualTo(events);
        assertThat(ledger.filtered()).as("seed %d", seed).isEmpty();
    }

    /// What the destination does with an order, the same in each run of a seed.
    private enum Fate {
        ACCEPTED,
        /// Fails twice before it is accepted.
        FAILS_FIRST,
        /// Is accepted, but the answer is lost at first.
        ANSWER_LOST,
        REFUSED,
        BLAMES_SETUP;

        static Fate of(String name, long seed) {
            int share = new Random(seed ^ name.hashCode() * 0x9E3779B97F4A7C15L).nextInt(100);
            return share < 70
                    ? ACCEPTED
                    : share < 82 ? FAILS_FIRST : share < 88 ? ANSWER_LOST : share < 96 ? REFUSED : BLAMES_SETUP;
        }
    }

    private Reply byFate(Received request) {
        String name = TestEvents.name(request);
        Fate fate = name.startsWith("last") ? Fate.ACCEPTED : Fate.of(name, seed);
        boolean first = received().indexOf(name) == received().lastIndexOf(name);
        return switch (fate) {
            case ACCEPTED -> whenAlive(request, Reply.status(200), true);
            case FAILS_FIRST -> first ? Reply.status(503) : whenAlive(request, Reply.status(202), true);
            case ANSWER_LOST -> whenAlive(request, first ? Reply.closeWithoutAnswer() : Reply.status(200), true);
            case REFUSED -> Reply.status(422);
            case BLAMES_SETUP -> Reply.status(401);
        };
    }

    @Test
    void whatever_the_answers_every_event_ends_exactly_once() {
        destination.usually(this::byFate);
        rig.run(kargo(DELIVERY));
        int events = 0;
        for (int round = 0; round < 6; round++) {
            rig.orders("web", events, events + 100);
            events += 100;
            int target = destination.received().size() + random.nextInt(1, 100);
            Await.until(() -> destination.received().size() >= target, () -> "seed " + seed + ": " + rig.ledger());
            switch (random.nextInt(4)) {
                case 0 -> crash();
                case 1 -> rig.restart();
                case 2 -> {
                    rig.lane().pause();
                    rig.lane().resume();
                }
                default -> rig.run(kargo(round + 2, DELIVERY));
            }
        }
        Set<String> refused = new HashSet<>();
        for (String name : names("web", 0, events)) {
            Fate fate = Fate.of(name, seed);
            if (fate == Fate.REFUSED || fate == Fate.BLAMES_SETUP) {
                refused.add(name);
            }
        }
        int deliverable = events - refused.size();
        rig.awaitLedger(ledger -> ledger.delivered() == deliverable);
        // The last that blame the setup wait for a success to show that it works.
        int last = 0;
        while (rig.ledger().pending() > 0) {
            rig.orders("last", last, last + 1);
            last++;
            int expected = deliverable + last;
            rig.awaitLedger(ledger -> ledger.delivered() == expected);
            Await.until(
                    () -> rig.lane().status().inFlight() == 0,
                    () -> rig.lane().status().toString());
        }
        Snapshot ledger = rig.drained();

        assertThat(ledger.delivered()).as("seed %d", seed).isEqualTo(deliverable + last);
        assertThat(rig.deadLetters())
                .as("seed %d", seed)
                .extracting(letter -> letter.record().header().messageId())
                .containsExactlyInAnyOrderElementsOf(refused);
        assertThat(rig.deadLetters()).extracting(DeadLetter::position).doesNotHaveDuplicates();
        Set<String> delivered = new HashSet<>(accepted);
        assertThat(delivered).as("seed %d", seed).hasSize(deliverable + last).doesNotContainAnyElementsOf(refused);
        assertThat(endings(events + last))
                .as("seed %d", seed)
                .hasSize(events + last)
                .doesNotHaveDuplicates();
    }

    private List<Long> endings(long end) {
        List<Long> positions = new ArrayList<>();
        for (Entry entry : rig.lane().journal().entriesFor(0, end)) {
            if (entry instanceof Entry.Decided ended) {
                assertThat(ended.outcome()).isNotEqualTo(Outcome.FILTERED);
                positions.add(ended.first());
            }
        }
        return positions;
    }
}
