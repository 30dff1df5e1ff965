package dev.waybill.kit;

import dev.waybill.event.Event;
import dev.waybill.event.EventType;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// How many Order Completed events of 1.2 KB one core maps a second, from received bytes to the body's bytes,
/// limits included: the median of several rounds, by the thread's CPU time so that a busy machine does not count.
///
/// Run it by hand: `java -cp target/classes:target/test-classes:… dev.waybill.kit.MappingSpeed`.
final class MappingSpeed {
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 9;
    private static final int EVENTS = 200_000;

    private MappingSpeed() {}

    public static void main(String[] arguments) throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of("src/test/resources/order-completed.json"));
        Integration kargo = Kits.kargo();
        double[] perSecond = new double[ROUNDS];
        long checksum = 0;
        for (int round = -2; round < ROUNDS; round++) {
            long start = CLOCK.getCurrentThreadCpuTime();
            for (int i = 0; i < EVENTS; i++) {
                checksum += map(kargo, bytes).length;
            }
            double rate = EVENTS * 1e9 / (CLOCK.getCurrentThreadCpuTime() - start);
            if (round >= 0) {
                perSecond[round] = rate;
            }
        }
        Arrays.sort(perSecond);
        System.out.printf(
                "%d bytes in, %d out: %,.0f events/s (%,.0f to %,.0f, checksum %d)%n",
                bytes.length,
                map(kargo, bytes).length,
                perSecond[ROUNDS / 2],
                perSecond[0],
                perSecond[ROUNDS - 1],
                checksum);
    }

    private static byte[] map(Integration kargo, byte[] bytes) {
        JsonObject json = (JsonObject) JsonText.read(bytes, kargo.wanted());
        Event event = new Event(EventType.TRACK, "m-1", 0, false, null, json);
        return switch (kargo.mapForSending(event)) {
            case Mapped.Deliver deliver -> JsonText.bytes(deliver.request().body());
            case Mapped.Stopped stopped -> throw new IllegalStateException(stopped.toString());
        };
    }
}
