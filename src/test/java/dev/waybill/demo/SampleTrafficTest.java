package dev.waybill.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SampleTrafficTest {
    private static final int SAMPLES = SampleEvents.load().all().size();

    private final BlockingQueue<Taken> taken = new LinkedBlockingQueue<>();
    private HttpServer collector;
    private volatile int status = 200;

    private record Taken(String path, String authorization, JsonObject body) {}

    @BeforeEach
    void start() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/", this::take);
        collector.start();
    }

    @AfterEach
    void stop() {
        collector.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        taken.add(new Taken(
                exchange.getRequestURI().getPath(), exchange.getRequestHeaders().getFirst("Authorization"), (JsonObject)
                        JsonText.read(body)));
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Test
    void every_sample_is_sent_first_then_as_many_as_the_pace_says_then_it_rests() throws InterruptedException {
        List<Taken> all;
        try (SampleTraffic traffic = traffic(new SampleTraffic.Pace(Duration.ofMillis(1), 10))) {
            all = take(SAMPLES + 10);
            assertThat(taken.poll(100, TimeUnit.MILLISECONDS)).isNull();
            assertThat(traffic.rests()).isTrue();
        }
        for (int i = 0; i < SAMPLES; i++) {
            assertThat(all.get(i).body().text("type"))
                    .isEqualTo(SampleEvents.load().all().get(i).type());
        }
    }

    @Test
    void each_goes_to_its_type_s_route_with_the_write_key_and_an_id_of_its_own() throws InterruptedException {
        List<Taken> all;
        try (SampleTraffic _ = traffic(new SampleTraffic.Pace(Duration.ZERO, 0))) {
            all = take(SAMPLES);
        }
        Set<String> messageIds = new HashSet<>();
        for (Taken one : all) {
            assertThat(one.path()).isEqualTo("/v1/" + one.body().text("type"));
            assertThat(one.authorization())
                    .isEqualTo("Basic " + Base64.getEncoder().encodeToString("wk_demo:".getBytes(UTF_8)));
            messageIds.add(one.body().text("messageId"));
        }
        assertThat(messageIds).hasSize(SAMPLES).allMatch(id -> id.startsWith("sample-"));
    }

    @Test
    void a_collector_that_refuses_does_not_end_it() throws InterruptedException {
        status = 401;
        try (SampleTraffic _ = traffic(new SampleTraffic.Pace(Duration.ZERO, 5))) {
            assertThat(take(SAMPLES + 5)).hasSize(SAMPLES + 5);
        }
    }

    private SampleTraffic traffic(SampleTraffic.Pace pace) {
        return SampleTraffic.start(
                URI.create("http://127.0.0.1:" + collector.getAddress().getPort()),
                "wk_demo",
                pace,
                new SplittableRandom(3),
                InstantSource.fixed(Instant.EPOCH));
    }

    private List<Taken> take(int count) throws InterruptedException {
        List<Taken> all = new ArrayList<>();
        while (all.size() < count) {
            Taken next = taken.poll(10, TimeUnit.SECONDS);
            assertThat(next).as("event %d of %d", all.size() + 1, count).isNotNull();
            all.add(next);
        }
        return all;
    }
}
