package dev.waybill.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.deliver.FakeDestination;
import dev.waybill.deliver.FakeDestination.Reply;
import dev.waybill.journal.Snapshot;
import dev.waybill.lane.Await;
import dev.waybill.lane.LaneTap;
import dev.waybill.lane.TestClock;
import dev.waybill.lane.TestEvents;
import dev.waybill.outcome.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A browser takes back its consent, told to a whole server whose destination is down.
@Timeout(60)
class WithdrawalTest {
    @TempDir
    Path dir;

    private final FakeDestination destination = FakeDestination.start();
    private final TestClock clock = new TestClock();
    private final HttpClient http = HttpClient.newHttpClient();
    private Waybill waybill;

    @BeforeEach
    void start() throws Exception {
        destination.usually(Reply.status(503));
        write("waybill.yaml", "allowPrivateEndpoints: true\nlog: {minFreeBytes: 1MB}\n");
        write("pipelines/web.yaml", """
                writeKey: wk_web
                origins: [https://www.example.com]
                integrations: [{integration: kargo-main, revision: 1}]
                """);
        write(
                "integrations/kargo-main/1.yaml",
                "kit: kargo\nparameters: {PARTNER_ID: p-1, ENDPOINT: '" + destination.url("/events") + "'}\n");
        open();
    }

    private void write(String file, String text) throws IOException {
        Path path = dir.resolve("workspace").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void open() throws Exception {
        waybill = Waybill.start(
                new Waybill.Options(dir.resolve("workspace"), dir.resolve("data"), "127.0.0.1", 0),
                clock,
                LaneTap.NONE,
                routing -> {});
    }

    @AfterEach
    void stop() throws IOException {
        http.close();
        waybill.close();
        destination.close();
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(waybill.url() + path + "?writeKey=wk_web"))
                        .header("Origin", "https://www.example.com")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private void order(String name, String anonymousId) throws Exception {
        String body = """
                {"event":"Order Completed","messageId":"%s","anonymousId":"%s","properties":{"order_id":"%s"},
                 "context":{"providers":{"kargo":{"puid":"%s"}}}}""".formatted(name, anonymousId, name, TestEvents.PUID);
        assertThat(post("/v1/track", body).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> withdraw(String anonymousId) throws Exception {
        return post(
                "/v1/identity/kargo",
                "{\"failure\":\"consent\",\"withdrawn\":true,\"anonymousId\":\"" + anonymousId + "\"}");
    }

    private Snapshot ledger() {
        var view = waybill.lanes().lanes().getFirst();
        return view.journal().snapshot(view.log().end());
    }

    private List<String> received() {
        return destination.received().stream().map(TestEvents::name).toList();
    }

    @Test
    void events_that_were_not_sent_stay_unsent_also_after_a_restart() throws Exception {
        order("web-0", "a");
        order("web-1", "b");
        Await.until(
                () -> received().containsAll(List.of("web-0", "web-1")),
                () -> received().toString());
        assertThat(withdraw("a").body()).isEqualTo("{\"stored\":false,\"reason\":\"consent\"}");
        clock.forward(Duration.ofSeconds(1));
        order("web-2", "a");
        waybill.close();
        int before = destination.received().size();
        destination.usually(Reply.status(200));
        clock.forward(Duration.ofMinutes(5));
        open();

        Await.until(() -> ledger().pending() == 0, () -> ledger().toString());
        assertThat(ledger().filtered()).isEqualTo(Map.of(Reason.CONSENT_DENIED, 1L));
        assertThat(received().subList(before, received().size())).containsExactlyInAnyOrder("web-1", "web-2");
    }
}
