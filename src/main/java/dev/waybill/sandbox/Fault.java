package dev.waybill.sandbox;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A way to misbehave. Immutable.
///
/// @param status what to answer instead of the real answer, 200 to 599; null leaves the answer as it is
/// @param share the part of the requests it befalls, 0 to 1
/// @param delayMs how long to wait before the answer, 0 to 300,000
/// @param retryAfterSeconds the `Retry-After` header beside the status, 0 to 86,400; null sends none
/// @param hang keeps the connection open and never answers
/// @param reset cuts the connection instead of answering
/// @param target which endpoint it befalls
public record Fault(
        @Nullable Integer status,
        double share,
        long delayMs,
        @Nullable Long retryAfterSeconds,
        boolean hang,
        boolean reset,
        Target target) {
    /// No fault at all.
    public static final Fault NONE = new Fault(null, 1, 0, null, false, false, Target.BOTH);

    /// The endpoints a fault befalls.
    public enum Target {
        EVENTS,
        ID,
        BOTH;

        boolean covers(Target endpoint) {
            return this == BOTH || this == endpoint;
        }
    }

    /// Every request to the target is answered with this status, 200 to 599.
    public static Fault of(Target target, int status) {
        return new Fault(status, 1, 0, null, false, false, target);
    }

    JsonObject toJson() {
        return JsonObject.builder()
                .put("status", status == null ? Json.Null.INSTANCE : Json.of(status))
                .put("share", new Json.Num(Double.toString(share)))
                .put("delayMs", delayMs)
                .put("retryAfterSeconds", retryAfterSeconds == null ? Json.Null.INSTANCE : Json.of(retryAfterSeconds))
                .put("hang", hang)
                .put("reset", reset)
                .put("for", target.name().toLowerCase(Locale.ROOT))
                .build();
    }
}
