package dev.waybill.attention;

import dev.waybill.log.IntakeGate;
import java.util.List;
import java.util.Optional;

/// What the rules look at in the server as a whole. Sizes are in bytes.
///
/// @param intakeClosed why no events are accepted, or empty
/// @param problems the errors in the workspace's files as they lie on disk, one line each
record ServerNumbers(
        long freeBytes, long minFreeBytes, Optional<IntakeGate.Closed> intakeClosed, List<String> problems) {
    public ServerNumbers {
        problems = List.copyOf(problems);
    }
}
