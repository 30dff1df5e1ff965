package dev.waybill.http;

import dev.waybill.json.JsonText;
import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.DirectHandler.TransportResponse;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.RequestException;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns everything that goes wrong into JSON. Our own mistakes are logged once and told without their insides.
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static void handle(HttpRouting.Builder routing) {
        routing.error(Refusal.class, (_, response, refusal) -> JsonAnswers.refuse(response, refusal));
        routing.error(Exception.class, Failures::unexpected);
    }

    private static void unexpected(ServerRequest request, ServerResponse response, Exception failure) {
        switch (failure) {
            case CloseConnectionException gone -> throw gone;
            case RequestException refused -> throw refused;
            case HttpException refused -> refuse(response, refused.status(), detail(refused.status()));
            default -> {
                LOG.error(
                        "Failed to answer {} {}.",
                        request.prologue().method().text(),
                        request.path().path(),
                        failure);
                refuse(response, Status.INTERNAL_SERVER_ERROR_500, detail(Status.INTERNAL_SERVER_ERROR_500));
            }
        }
    }

    private static void refuse(ServerResponse response, Status status, String detail) {
        JsonAnswers.refuse(response, new Refusal(status.code(), reason(status), detail));
    }

    /// Handlers for what never reaches a route: bad requests, unknown paths, too large bodies.
    static DirectHandlers beforeRouting() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, new JsonHandler());
        }
        return handlers.build();
    }

    static String reason(Status status) {
        return switch (status.code()) {
            case 413 -> "too_large";
            case 500 -> "internal_error";
            default -> status.reasonPhrase().toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "_");
        };
    }

    static String detail(Status status) {
        return switch (status.code()) {
            case 400 -> "this is no well-formed HTTP/1.1 request";
            case 404 -> "there is no such route; the documentation lists all of them";
            case 413 -> "the body is larger than this server reads at all";
            case 500 -> "an error of the server's own; its log says more";
            default -> status.reasonPhrase();
        };
    }

    private static final class JsonHandler implements DirectHandler {
        @Override
        public TransportResponse handle(
                TransportRequest request,
                EventType type,
                Status status,
                ServerResponseHeaders headers,
                @Nullable String message) {
            headers.set(HeaderNames.CONTENT_TYPE, "application/json");
            // After a malformed request nobody knows where the next one begins.
            boolean keepAlive = status.code() == 404;
            if (!keepAlive) {
                headers.set(HeaderValues.CONNECTION_CLOSE);
            }
            return TransportResponse.builder()
                    .status(status)
                    .headers(headers)
                    .keepAlive(keepAlive)
                    .entity(JsonText.bytes(JsonAnswers.error(reason(status), detail(status))))
                    .build();
        }
    }
}
