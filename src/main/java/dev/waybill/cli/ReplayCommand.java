package dev.waybill.cli;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `waybill replay`: sends a range of a lane's events again, by the revision that is pinned now.
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Sends events of a range again that were not delivered, by the revision that is pinned now."
                + " Needs a running server.")
public final class ReplayCommand implements Callable<Integer> {
    @Option(names = "--data", paramLabel = "DIR", required = true, description = "The server's data directory.")
    private Path data = Path.of("data");

    @Option(names = "--pipeline", paramLabel = "P", required = true, description = "The lane's pipeline.")
    private String pipeline = "";

    @Option(names = "--integration", paramLabel = "I", required = true, description = "The lane's integration.")
    private String integration = "";

    @Option(
            names = "--from",
            paramLabel = "T",
            required = true,
            description = "Events received at or after: 2026-11-23T08:00:00Z, a date, or milliseconds of the epoch.")
    private String from = "";

    @Option(names = "--to", paramLabel = "T", required = true, description = "Events received before.")
    private String to = "";

    @Option(names = "--event", paramLabel = "E", description = "Only events of this name.")
    private @Nullable String event;

    @Option(
            names = "--outcome",
            paramLabel = "O",
            description = "Only events that ended delivered, filtered or rejected.")
    private @Nullable String outcome;

    @Option(names = "--reason", paramLabel = "R", description = "Only events that ended for this reason.")
    private @Nullable String reason;

    @Option(names = "--include-delivered", description = "Delivered events too; the destination may count them twice.")
    private boolean includeDelivered;

    @Option(names = "--dry-run", description = "Only say how many.")
    private boolean dryRun;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        JsonObject request = JsonObject.builder()
                .put("from", from)
                .put("to", to)
                .put("event", Json.of(event))
                .put("outcome", Json.of(outcome))
                .put("reason", Json.of(reason))
                .put("includeDelivered", includeDelivered)
                .build();
        String path =
                "/api/lanes/%s/%s/replay".formatted(ServerClient.segment(pipeline), ServerClient.segment(integration));
        try (ServerClient server = ServerClient.of(spec, data, System.getenv())) {
            new ReplayWatch(
                            server,
                            spec.commandLine().getOut(),
                            spec.commandLine().getErr(),
                            Terminal.watched())
                    .run(path, request, dryRun);
        }
        return 0;
    }
}
