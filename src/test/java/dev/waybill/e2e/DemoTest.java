package dev.waybill.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.bench.ProcessUsage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// `./waybill demo`, as a stranger runs it.
@Tag("e2e")
@ExtendWith(Started.Logs.class)
class DemoTest {
    private static final Pattern URL = Pattern.compile("http://[a-z0-9.]+:\\d+");

    @Test
    void it_is_up_at_once_and_delivers_without_another_command(@TempDir Path directory) {
        int port = Started.freePort();
        List<String> arguments = List.of(
                "demo",
                "--port",
                Integer.toString(port),
                "--data",
                directory.resolve("data").toString());
        long started = System.nanoTime();
        try (Started demo = new Started(directory, "demo", arguments)) {
            Eventually.holds(
                    "the demo is ready",
                    Duration.ofSeconds(20),
                    () -> Http.answers("http://127.0.0.1:" + port + "/health/ready"));
            Duration ready = Duration.ofNanos(System.nanoTime() - started);
            System.out.println("DemoTest: ready within " + ready.toMillis() + " ms");
            // Two seconds on a machine that does nothing else; tests share theirs.
            assertThat(ready).isLessThan(Duration.ofSeconds(5));

            String sandbox = Eventually.value(
                    "one of its URLs is the sandbox's",
                    Duration.ofSeconds(10),
                    () -> sandboxUrl(demo),
                    url -> !url.isEmpty());
            Eventually.holds("ten events are delivered", Duration.ofSeconds(20), () -> {
                String count = Http.get(sandbox + "/received/count").ok().body();
                return Pattern.compile("\"accepted\":\\s*\\d{2,}")
                        .matcher(count)
                        .find();
            });
            Eventually.value(
                    "memory at rest under 250 MB",
                    Duration.ofSeconds(10),
                    () -> ProcessUsage.residentBytes(demo.handle()).orElse(0) / 1_000_000,
                    megabytes -> megabytes < 250);
        }
    }

    private static String sandboxUrl(Started demo) {
        return URL.matcher(demo.out())
                .results()
                .map(MatchResult::group)
                .distinct()
                .filter(url -> Http.answers(url + "/received/count"))
                .findFirst()
                .orElse("");
    }
}
