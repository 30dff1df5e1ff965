package dev.waybill.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.demo.SampleEvents.Sample;
import dev.waybill.demo.SampleEvents.Visitor;
import dev.waybill.json.JsonText;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A few visitors of a shop: first every sample event at once, then one now and then, then rest. It sends over HTTP as
/// a
/// server-side SDK does. Runs on a virtual thread of its own until it has rested or is closed.
public final class SampleTraffic implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SampleTraffic.class);
    private static final int VISITORS = 4;

    private final URI collector;
    private final String authorization;
    private final Pace pace;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final List<Sample> samples = SampleEvents.load().all();
    private final List<Visitor> visitors = new ArrayList<>();
    private final Thread thread;
    private boolean complained;

    private SampleTraffic(URI collector, String writeKey, Pace pace, RandomGenerator random, InstantSource clock) {
        this.collector = collector;
        this.authorization = "Basic " + Base64.getEncoder().encodeToString((writeKey + ":").getBytes(UTF_8));
        this.pace = pace;
        this.random = random;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("sample-traffic").unstarted(this::run);
    }

    /// How much is sent after the first burst.
    ///
    /// @param every the time between two events
    /// @param events how many
    public record Pace(Duration every, int events) {
        /// One a second for five minutes.
        public static final Pace GENTLE = new Pace(Duration.ofSeconds(1), 300);
    }

    /// Starts to send.
    ///
    /// @param collector where the collector listens, such as `http://127.0.0.1:8080`
    /// @param random chooses visitors and events
    public static SampleTraffic start(
            URI collector, String writeKey, Pace pace, RandomGenerator random, InstantSource clock) {
        SampleTraffic traffic = new SampleTraffic(collector, writeKey, pace, random, clock);
        traffic.thread.start();
        return traffic;
    }

    private void run() {
        for (int i = 0; i < VISITORS; i++) {
            visitors.add(new Visitor(uuid(), uuid()));
        }
        try (CloseableHttpClient http = HttpClients.createDefault()) {
            for (Sample sample : samples) {
                send(http, sample, visitors.getFirst());
            }
            for (int i = 0; i < pace.events(); i++) {
                Thread.sleep(pace.every());
                send(http, samples.get(random.nextInt(samples.size())), visitors.get(random.nextInt(VISITORS)));
            }
            LOG.info("Sample traffic rests after {} events.", samples.size() + pace.events());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException failure) {
            LOG.debug("Sample traffic's client did not close.", failure);
        }
    }

    private void send(CloseableHttpClient http, Sample sample, Visitor visitor) {
        byte[] body = JsonText.bytes(sample.sentBy(visitor, "sample-" + uuid(), clock.instant()));
        try {
            int status = http.execute(
                    ClassicRequestBuilder.post(collector + "/v1/" + sample.type())
                            .setHeader(HttpHeaders.AUTHORIZATION, authorization)
                            .setEntity(body, ContentType.APPLICATION_JSON)
                            .build(),
                    HttpResponse::getCode);
            if (status != 200) {
                complain("the collector answered " + status);
            }
        } catch (IOException failure) {
            complain(String.valueOf(failure.getMessage()));
        }
    }

    private void complain(String what) {
        if (!complained && !Thread.currentThread().isInterrupted()) {
            complained = true;
            LOG.warn("A sample event was not taken, and more may follow: {}.", what);
        }
    }

    private String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    /// Whether it has sent everything or was closed.
    boolean rests() {
        return !thread.isAlive();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
