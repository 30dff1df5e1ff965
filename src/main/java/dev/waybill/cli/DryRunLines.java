package dev.waybill.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.cli.EventLines.Line;
import dev.waybill.dryrun.DryRun;
import dev.waybill.json.JsonText;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.List;

/// Events in, one JSON each line; what would become of them out, one line for each event and lane, in the order of the
/// input.
record DryRunLines(DryRun dryRun, InstantSource clock) {
    void run(InputStream in, OutputStream out) throws IOException {
        EventLines lines = new EventLines(in, dryRun.limits().eventBytes());
        BufferedOutputStream results = new BufferedOutputStream(out, 64 << 10);
        for (Line line = lines.next(); line != null; line = lines.next()) {
            if (!line.isBlank()) {
                for (DryRun.Result result : decide(line)) {
                    results.write(JsonText.bytes(result.line()));
                    results.write("\n".getBytes(UTF_8));
                }
            }
            if (lines.idle()) {
                results.flush();
            }
        }
        results.flush();
    }

    private List<DryRun.Result> decide(Line line) {
        byte[] bytes = line.bytes();
        return bytes == null
                ? List.of(dryRun.tooLarge(line.number(), line.length()))
                : dryRun.decide(line.number(), bytes, clock.millis());
    }
}
