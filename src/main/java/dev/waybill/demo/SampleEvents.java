package dev.waybill.demo;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The events of the sample traffic: the twelve that Kargo's kit maps, in the order of a visit, and some that it
/// filters.
/// Immutable.
final class SampleEvents {
    private final List<Sample> samples;

    private SampleEvents(List<Sample> samples) {
        this.samples = List.copyOf(samples);
    }

    static SampleEvents load() {
        try (InputStream in = SampleEvents.class.getResourceAsStream("/demo/sample-events.json")) {
            if (in == null || !(JsonText.read(in.readAllBytes()) instanceof Json.Arr(List<Json> items))) {
                throw new IllegalStateException("The program lacks its resource /demo/sample-events.json");
            }
            List<Sample> samples = new ArrayList<>();
            for (Json item : items) {
                samples.add(Sample.read((JsonObject) item));
            }
            return new SampleEvents(samples);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    List<Sample> all() {
        return samples;
    }

    /// @param identified whether it carries the visitor's Kargo identity
    /// @param body the event without what differs from visit to visit
    record Sample(boolean identified, JsonObject body) {
        private static Sample read(JsonObject item) {
            JsonObject.Builder body = JsonObject.builder();
            for (Map.Entry<String, Json> entry : item) {
                if (!entry.getKey().equals("identified")) {
                    body.put(entry.getKey(), entry.getValue());
                }
            }
            return new Sample(item.get("identified") != Json.Bool.FALSE, body.build());
        }

        String type() {
            return String.valueOf(body.text("type"));
        }

        /// The event as an SDK sends it for this visitor.
        JsonObject sentBy(Visitor visitor, String messageId, Instant now) {
            JsonObject.Builder context = JsonObject.builder();
            JsonObject given = body.object("context");
            if (given != null) {
                context = given.toBuilder();
            }
            if (identified) {
                JsonObject kargo =
                        JsonObject.builder().put("puid", visitor.puid()).build();
                context.put(
                        "providers", JsonObject.builder().put("kargo", kargo).build());
            }
            return body.toBuilder()
                    .put("context", context.build())
                    .put("messageId", messageId)
                    .put("anonymousId", visitor.anonymousId())
                    .put("originalTimestamp", now.toString())
                    .put("sentAt", now.toString())
                    .build();
        }
    }

    /// One browser.
    record Visitor(String anonymousId, String puid) {}
}
