package dev.waybill.attention;

import static dev.waybill.attention.Wording.bytes;
import static dev.waybill.attention.Wording.count;

import dev.waybill.log.IntakeGate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What needs attention in the server as a whole. Pure.
final class ServerRules {
    static final int FREE_FACTOR = 2;

    private ServerRules() {}

    static Findings of(ServerNumbers server) {
        List<Finding> found = new ArrayList<>();
        server.intakeClosed()
                .filter(closed -> closed.cause() != IntakeGate.Cause.SHUTTING_DOWN)
                .ifPresent(closed -> found.add(new Finding(
                        new Subject(Kind.INTAKE_CLOSED, null),
                        "No events are accepted: " + closed.why(),
                        "overview",
                        advice(closed.cause()))));
        if (server.freeBytes() < FREE_FACTOR * server.minFreeBytes()) {
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

    private static String advice(IntakeGate.Cause cause) {
        return switch (cause) {
            case FAILED ->
                "Look at the disk and at Waybill's log, mend the cause, then restart Waybill: until then the collector"
                        + " answers 503. What it acknowledged is kept.";
            case LOG_FULL ->
                "Raise log.maxBytes or lower log.retention in waybill.yaml, or let the lanes that wait send; intake"
                        + " resumes by itself.";
            case DISK_LOW ->
                "Free some space on the data directory's disk, or lower log.retention or set log.maxBytes; intake resumes"
                        + " by itself.";
            case SHUTTING_DOWN -> "Nothing need be done.";
        };
    }
}
