package dev.waybill.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.bench.Load;
import dev.waybill.bench.LoadGenerator;
import dev.waybill.bench.LoadResult;
import dev.waybill.bench.RequestTemplate;
import dev.waybill.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` at random moments, under load and while starting, again and again on one data directory.
///
/// `-Dwaybill.kill.rounds=500` for more than fifty rounds, `-Dwaybill.kill.seed=…` to repeat a run's moments.
@Tag("e2e")
@ExtendWith(Started.Logs.class)
class KillTest {
    private static final int ROUNDS = Integer.getInteger("waybill.kill.rounds", 50);
    private static final long SEED = Long.getLong("waybill.kill.seed", System.nanoTime());
    private static final int MAX_IN_FLIGHT = 128;
    private static final int PER_SECOND = 1500;
    private static final int ROUNDS_BETWEEN_CHECKS = 50;
    private static final Duration DRAIN = Duration.ofMinutes(2);

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final BitSet acknowledged = new BitSet();
    private final AtomicLong answers = new AtomicLong();
    private final BitSet arrived = new BitSet();
    private final List<Instant> starts = new ArrayList<>();
    private final List<Instant> repeats = new ArrayList<>();
    private long nextNumber = 1;
    private long acceptedBySandbox;

    @TempDir
    private Path directory;

    @Test
    void nothing_acknowledged_is_lost_and_only_what_was_in_flight_is_repeated() throws InterruptedException {
        System.out.printf("KillTest: %d rounds, seed %d%n", ROUNDS, SEED);
        try (SandboxProcess sandbox = SandboxProcess.start(directory)) {
            TestWorkspace workspace = TestWorkspace.create(directory.resolve("workspace"))
                    .lane("web", sandbox.events(), "delivery: {maxInFlight: " + MAX_IN_FLIGHT + "}");
            for (int round = 1; round <= ROUNDS; round++) {
                if (random.nextInt(5) == 0) {
                    killWhileStarting(workspace);
                }
                killUnderLoad(workspace, round);
                if (round % ROUNDS_BETWEEN_CHECKS == 0 || round == ROUNDS) {
                    drainAndCheck(workspace, sandbox, round);
                }
            }
        }
        System.out.printf(
                "KillTest: %,d events acknowledged, %,d repeated by %,d kills%n",
                acknowledged.cardinality(), repeats.size(), starts.size());
    }

    private void killWhileStarting(TestWorkspace workspace) throws InterruptedException {
        starts.add(Instant.now());
        try (WaybillProcess server = WaybillProcess.launch(directory, workspace)) {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(1500));
            server.kill();
        }
    }

    private void killUnderLoad(TestWorkspace workspace, int round) throws InterruptedException {
        starts.add(Instant.now());
        try (WaybillProcess server = WaybillProcess.start(directory, workspace)) {
            assertBalanced(server, round);
            long before = answers.get();
            CompletableFuture<LoadResult> load = CompletableFuture.supplyAsync(() -> load(server.port()));
            Eventually.holds("the load begins", Duration.ofSeconds(15), () -> answers.get() > before);
            TimeUnit.MILLISECONDS.sleep(random.nextInt(1000));
            server.kill();
            LoadResult result = load.join();
            nextNumber = result.nextNumber();
            assertThat(result.accepted())
                    .as("acknowledged in round %d\n%s", round, server.logs())
                    .isPositive();
            assertThat(result.refused())
                    .as("refused in round %d: %s", round, result.firstRefusal())
                    .isZero();
        }
    }

    private LoadResult load(int port) {
        String event = Orders.event(RequestTemplate.NUMBER, "");
        int batch = random.nextInt(3) == 0 ? 10 : 1;
        RequestTemplate request = batch == 1
                ? RequestTemplate.single("/v1/track", "wk_web", event)
                : RequestTemplate.batch("wk_web", event, batch);
        Load load = Load.fast(port, 32, request, Duration.ofSeconds(20))
                .from(nextNumber)
                .perSecond((double) PER_SECOND / batch)
                .observed(new Load.Observer() {
                    @Override
                    public void accepted(long firstNumber, int events) {
                        answers.incrementAndGet();
                        acknowledged.set((int) firstNumber, (int) firstNumber + events);
                    }
                });
        try {
            return LoadGenerator.send(load);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertBalanced(WaybillProcess server, int round) {
        assertThat(server.lanes())
                .as("ledger in round %d\n%s", round, server.logs())
                .allMatch(Lane::balances);
    }

    private void drainAndCheck(TestWorkspace workspace, SandboxProcess sandbox, int round) {
        starts.add(Instant.now());
        try (WaybillProcess server = WaybillProcess.start(directory, workspace)) {
            Lane lane = Eventually.value(
                    "the lane is drained", DRAIN, () -> server.lane("web"), each -> each.pending() == 0);
            assertBalanced(server, round);
            take(sandbox);
            assertThat(lane.rejected()).as("rejected").isZero();
            assertThat(lane.filtered()).as("filtered").isZero();
            assertThat(lane.delivered()).as("delivered").isLessThanOrEqualTo(acceptedBySandbox);
        }
        BitSet lost = (BitSet) acknowledged.clone();
        lost.andNot(arrived);
        assertThat(lost.stream().boxed().toList())
                .as("acknowledged and lost, seed %d", SEED)
                .isEmpty();
        for (int i = 0; i < starts.size(); i++) {
            assertThat(repeatsAfterStart(i))
                    .as("repeats after kill %d, seed %d", i, SEED)
                    .isLessThanOrEqualTo(MAX_IN_FLIGHT);
        }
    }

    /// Takes over what the sandbox holds, so that it never has to keep more than some rounds' events.
    private void take(SandboxProcess sandbox) {
        List<SandboxProcess.Received> received = sandbox.received().reversed();
        for (SandboxProcess.Received each : received) {
            assertThat(each.status()).as("%s", each.body()).isEqualTo(200);
            int number = number(each.body());
            if (arrived.get(number)) {
                repeats.add(Instant.parse(each.at()));
            }
            arrived.set(number);
        }
        acceptedBySandbox += received.size();
        sandbox.forget();
    }

    private static int number(JsonObject body) {
        return Integer.parseInt(Orders.id(body), 16);
    }

    private long repeatsAfterStart(int start) {
        Instant from = starts.get(start);
        Instant to = start + 1 < starts.size() ? starts.get(start + 1) : Instant.MAX;
        return repeats.stream()
                .filter(at -> !at.isBefore(from) && at.isBefore(to))
                .count();
    }
}
