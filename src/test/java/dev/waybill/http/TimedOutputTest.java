package dev.waybill.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A reader that stands still is cut off.
class TimedOutputTest {
    @Test
    void a_write_that_nobody_reads_ends_the_connection() throws Exception {
        CompletableFuture<String> ended = new CompletableFuture<>();
        try (Listener listener = Listener.start(
                        "127.0.0.1",
                        0,
                        Listener.Limits.USUAL,
                        routing -> routing.get("/endless", (_, response) -> {
                            try (OutputStream out = response.outputStream()) {
                                TimedOutput timed = new TimedOutput(out, Duration.ofMillis(300));
                                while (true) {
                                    timed.write(new byte[64 << 10], 0, 64 << 10);
                                    timed.flush();
                                }
                            } catch (CloseConnectionException cut) {
                                ended.complete(String.valueOf(cut.getMessage()));
                                throw cut;
                            } catch (IOException other) {
                                ended.completeExceptionally(other);
                            }
                        }));
                Socket still = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            still.getOutputStream().write("GET /endless HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
            assertThat(ended.get(20, TimeUnit.SECONDS)).isEqualTo("The client did not read for 0 s");
        }
    }
}
