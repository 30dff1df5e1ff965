package dev.waybill.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.bench.Load;
import dev.waybill.bench.LoadGenerator;
import dev.waybill.bench.LoadResult;
import dev.waybill.bench.RequestTemplate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// SIGTERM while events come in.
@Tag("e2e")
@ExtendWith(Started.Logs.class)
class StopTest {
    private final BitSet acknowledged = new BitSet();

    @Test
    void a_stop_under_load_ends_in_time_and_loses_and_repeats_nothing(@TempDir Path directory)
            throws InterruptedException {
        try (SandboxProcess sandbox = SandboxProcess.start(directory)) {
            TestWorkspace workspace =
                    TestWorkspace.create(directory.resolve("workspace")).lane("web", sandbox.events());
            try (WaybillProcess server = WaybillProcess.start(directory, workspace)) {
                CompletableFuture<LoadResult> load = CompletableFuture.supplyAsync(() -> load(server.port()));
                Eventually.holds("events arrive", Duration.ofSeconds(20), () -> sandbox.acceptedCount() > 200);
                server.terminate();
                // A JVM that a signal ends says 143; one that ends itself in time may say 0.
                assertThat(server.exit(12)).as(server.logs()).isIn(0, 143);
                load.join();
            }
            try (WaybillProcess server = WaybillProcess.start(directory, workspace)) {
                Eventually.holds(
                        "drained",
                        Duration.ofSeconds(30),
                        () -> server.lane("web").pending() == 0);
                assertThat(server.lane("web")).matches(Lane::balances, "the ledger balances");
            }
            int[] numbers = sandbox.accepted().stream()
                    .mapToInt(body -> Integer.parseInt(Orders.id(body), 16))
                    .toArray();
            BitSet arrived = new BitSet();
            for (int number : numbers) {
                arrived.set(number);
            }
            BitSet lost = (BitSet) acknowledged.clone();
            lost.andNot(arrived);
            assertThat(lost.cardinality()).as("acknowledged and lost").isZero();
            assertThat(numbers.length).as("sent more than once").isEqualTo(arrived.cardinality());
        }
    }

    private LoadResult load(int port) {
        RequestTemplate request =
                RequestTemplate.single("/v1/track", "wk_web", Orders.event(RequestTemplate.NUMBER, ""));
        Load load = Load.fast(port, 32, request, Duration.ofSeconds(30))
                .perSecond(1000)
                .observed(new Load.Observer() {
                    @Override
                    public void accepted(long firstNumber, int events) {
                        acknowledged.set((int) firstNumber, (int) firstNumber + events);
                    }
                });
        try {
            return LoadGenerator.send(load);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
