package dev.waybill.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/// HTTP as a test wants it: one call, one answer, and a failure that shows both.
public final class Http {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private Http() {}

    public record Answer(int status, String body) {
        public JsonObject json() {
            Json json = JsonText.read(body);
            assertThat(json).as(body).isInstanceOf(JsonObject.class);
            return (JsonObject) json;
        }

        /// The same answer, which has to be 2xx.
        public Answer ok() {
            assertThat(status).as("%s", this).isBetween(200, 299);
            return this;
        }
    }

    public static Answer get(String url) {
        return call("GET", url, "", Map.of());
    }

    public static Answer call(String method, String url, String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(30))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            var response = CLIENT.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + url, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Whether the address answers with 200 now.
    static boolean answers(String url) {
        try {
            return get(url).status() == 200;
        } catch (UncheckedIOException _) {
            return false;
        }
    }
}
