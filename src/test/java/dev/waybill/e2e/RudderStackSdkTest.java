package dev.waybill.e2e;

import com.rudderstack.sdk.java.analytics.RudderAnalytics;
import com.rudderstack.sdk.java.analytics.messages.IdentifyMessage;
import com.rudderstack.sdk.java.analytics.messages.MessageBuilder;
import com.rudderstack.sdk.java.analytics.messages.PageMessage;
import com.rudderstack.sdk.java.analytics.messages.TrackMessage;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// RudderStack's own Java SDK, which sends chunked gzip, against a real server.
@Tag("e2e")
@ExtendWith(Started.Logs.class)
class RudderStackSdkTest {
    @Test
    void all_twelve_events_of_the_sdk_reach_the_destination_as_mapped(@TempDir Path directory) {
        TwelveCalls twelve = TwelveCalls.read();
        try (SandboxProcess sandbox = SandboxProcess.start(directory);
                WaybillProcess server = WaybillProcess.start(
                        directory,
                        TestWorkspace.create(directory.resolve("workspace")).lane("web", sandbox.events()))) {
            RudderAnalytics analytics = RudderAnalytics.builder("wk_web")
                    .setDataPlaneUrl(server.url())
                    .flushQueueSize(5)
                    .flushInterval(Duration.ofSeconds(1).toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)
                    .build();
            try {
                twelve.calls().forEach(call -> analytics.enqueue(message(call)));
                analytics.flush();
                twelve.arriveAt(sandbox);
            } finally {
                analytics.shutdown();
            }
        }
    }

    private static MessageBuilder<?, ?> message(TwelveCalls.Expected call) {
        MessageBuilder<?, ?> message = switch (call.type()) {
            case "identify" -> IdentifyMessage.builder().traits(call.values());
            case "page" -> PageMessage.builder(call.named()).properties(call.values());
            default -> TrackMessage.builder(call.named()).properties(call.values());
        };
        message.userId("user-1");
        message.context(TwelveCalls.CONTEXT);
        return message;
    }
}
