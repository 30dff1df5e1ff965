package dev.waybill.cli;

import dev.waybill.log.RecordedEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the logs of a data directory.
final class Recorded {
    private Recorded() {}

    /// The pipelines to look at: the named one, or all that have a log.
    ///
    /// @throws CannotRunException when there is none
    static List<String> pipelines(Path data, @Nullable String named) throws IOException {
        if (!Files.isDirectory(data)) {
            throw new CannotRunException(
                    "there is no directory %s; give a server's data directory with --data.".formatted(data));
        }
        List<String> known = RecordedEvents.pipelines(data);
        if (known.isEmpty()) {
            // The demo keeps its workspace beside its data.
            Path inside = data.resolve("data");
            boolean oneBelow = !RecordedEvents.pipelines(inside).isEmpty();
            throw new CannotRunException(
                    "%s holds no events; give the data directory of a server that received some with --data.%s"
                            .formatted(data, oneBelow ? " Did you mean '%s'?".formatted(inside) : ""));
        }
        if (named == null) {
            return known;
        }
        if (!known.contains(named)) {
            throw new CannotRunException("%s holds no events of a pipeline '%s'; it holds those of: %s."
                    .formatted(data, named, String.join(", ", known)));
        }
        return List.of(named);
    }
}
