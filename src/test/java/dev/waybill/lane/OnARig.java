package dev.waybill.lane;

import dev.waybill.deliver.FakeDestination;
import dev.waybill.kit.Integration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What the tests of lanes start from: a destination that does as it is told, and a rig without a lane.
abstract class OnARig {
    private static final int SEGMENT_BYTES = 32 << 10;

    final FakeDestination destination = FakeDestination.start();
    LaneRig rig;

    @BeforeEach
    void open(@TempDir Path dir) {
        rig = new LaneRig(dir, SEGMENT_BYTES);
    }

    @AfterEach
    void close() throws IOException {
        destination.close();
        rig.close();
    }

    /// Revision 1 of the lane's integration.
    Integration kargo(String more) {
        return kargo(1, more);
    }

    Integration kargo(int revision, String more) {
        return TestEvents.kargo(LaneRig.KARGO, revision, destination.url("/events"), more);
    }

    List<String> received() {
        return destination.received().stream().map(TestEvents::name).toList();
    }

    void awaitReceived(int count) {
        Await.until(
                () -> destination.received().size() >= count, () -> received().toString());
    }

    void awaitBreakerOpen() {
        Await.until(
                () -> rig.lane().status().breakerOpen(),
                () -> rig.lane().status().toString());
    }

    static List<String> names(String prefix, int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> prefix + "-" + i).toList();
    }
}
