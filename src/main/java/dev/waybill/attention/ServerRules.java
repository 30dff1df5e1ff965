package dev.waybill.attention;

import static dev.waybill.attention.Wording.bytes;
import static dev.waybill.attention.Wording.count;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What needs attention in the server as a whole. Pure.
final class ServerRules {
    static final int FREE_FACTOR = 2;

    private ServerRules() {}

    static Findings of(ServerNumbers server) {
        List<Finding> found = new ArrayList<>();
        if (server.intakeClosed().isPresent()) {
            String text = "No events are accepted: " + server.intakeClosed().get();
            found.add(new Finding(new Subject(Kind.DISK_LOW, null), text, "overview"));
        } else if (server.freeBytes() < FREE_FACTOR * server.minFreeBytes()) {
            String text = "%s of disk are free; below %s (log.minFreeBytes) the collector answers 503."
                    .formatted(bytes(server.freeBytes()), bytes(server.minFreeBytes()));
            found.add(new Finding(new Subject(Kind.DISK_LOW, null), text, "overview"));
        }
        if (!server.problems().isEmpty()) {
            String text = "%s in the workspace's files; the last good one runs: %s"
                    .formatted(
                            count(server.problems().size(), "error", "errors"),
                            server.problems().getFirst());
            found.add(new Finding(new Subject(Kind.BROKEN_WORKSPACE, null), text, "pipelines"));
        }
        return new Findings(found, Set.of());
    }
}
