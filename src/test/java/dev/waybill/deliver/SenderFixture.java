package dev.waybill.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.deliver.SendResult.Answered;
import dev.waybill.deliver.SendResult.Failed;
import dev.waybill.deliver.SendResult.Kind;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.kit.Answer;
import dev.waybill.kit.Delivery;
import dev.waybill.kit.KitRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/// A destination, a sender to it with all the time it needs, one with little, and what tests say about them.
@Timeout(30)
abstract class SenderFixture {
    private static final JsonObject BODY = (JsonObject) JsonText.read("{\"event\":\"page\",\"params\":{\"n\":1}}");
    static final Duration SHORT = Duration.ofMillis(300);
    static final AddressGuard OPEN = new AddressGuard(() -> true);

    final FakeDestination destination = FakeDestination.start();
    final Sender sender = sender(4, Duration.ofSeconds(10));
    final Sender impatient = sender(4, SHORT);

    @AfterEach
    void close() throws IOException {
        sender.close();
        impatient.close();
        destination.close();
    }

    static void assertTimeout(SendResult result) {
        Failed failed = failed(result);
        assertThat(failed.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failed.message()).isEqualTo("No whole answer came within 300 ms.");
        assertThat(Duration.ofNanos(failed.nanos())).isBetween(SHORT.minusMillis(1), SHORT.plusSeconds(2));
    }

    static Answer answer(SendResult result) {
        assertThat(result).isInstanceOf(Answered.class);
        return ((Answered) result).answer();
    }

    static Failed failed(SendResult result) {
        assertThat(result).isInstanceOf(Failed.class);
        return (Failed) result;
    }

    static Sender sender(int concurrency, Duration timeout) {
        return new Sender(delivery(concurrency, timeout), OPEN, InstantSource.system());
    }

    static Delivery delivery(int concurrency, Duration timeout) {
        return new Delivery(512, concurrency, Double.POSITIVE_INFINITY, timeout);
    }

    static KitRequest request(@Nullable String url) {
        return request(url, Map.of());
    }

    static KitRequest request(@Nullable String url, Map<String, String> headers) {
        return new KitRequest("POST", url, new TreeMap<>(headers), BODY);
    }
}
