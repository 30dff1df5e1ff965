package dev.waybill.api;

import dev.waybill.http.Refusal;
import dev.waybill.json.JsonObject;
import dev.waybill.suppress.Suppressions;
import dev.waybill.suppress.Suppressions.Kind;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a person's events from being sent, from now on.
record SuppressRoutes(Suppressions suppressions, InstantSource clock) {
    private static final Logger LOG = LoggerFactory.getLogger(SuppressRoutes.class);
    private static final Map<String, Kind> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("userId", Kind.USER_ID);
        KINDS.put("anonymousId", Kind.ANONYMOUS_ID);
        KINDS.put("puid", Kind.PUID);
    }

    List<Route> routes() {
        return List.of(Route.post("suppress", this::suppress));
    }

    private Answer suppress(Call call) {
        Arguments body = call.body();
        Map<Kind, String> person = new LinkedHashMap<>();
        KINDS.forEach((key, kind) -> {
            String value = body.text(key);
            if (value != null) {
                person.put(kind, value);
            }
        });
        if (body.isEmpty()) {
            body.problem("the body names nobody; give at least one of " + String.join(", ", KINDS.keySet()));
        }
        body.end();
        add(person);
        return Answer.ok(JsonObject.builder().put("suppressed", true).build());
    }

    /// On a thread of its own, which nobody interrupts: an interrupt would close the file under everybody.
    private void add(Map<Kind, String> person) {
        FutureTask<@Nullable Void> writing = new FutureTask<>(() -> {
            for (Map.Entry<Kind, String> identifier : person.entrySet()) {
                suppressions.add(identifier.getKey(), identifier.getValue(), clock.millis());
            }
            return null;
        });
        Thread.ofVirtual().name("suppress").start(writing);
        try {
            writing.get();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw unavailable("the server stops");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw unavailable(String.valueOf(failure.getMessage()));
            }
            throw new IllegalStateException(e.getCause());
        }
        LOG.info("Suppressed a person by {}: none of that person's events is sent from now on.", person.keySet());
    }

    private static Refusal unavailable(String why) {
        return new Refusal(
                503, "not_durable", "it is not sure that the person is suppressed (%s); ask again".formatted(why), 1);
    }
}
