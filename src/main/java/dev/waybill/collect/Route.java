package dev.waybill.collect;

import dev.waybill.event.EventType;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The collector's routes. One look-up finds any of them: a router's list of patterns costs as much as reading a small
/// event.
sealed interface Route {
    record Single(EventType type) implements Route {}

    record Batch() implements Route {}

    /// What analytics-next asks of its CDN.
    record SegmentSettings(String writeKey) implements Route {}

    /// What RudderStack's browser SDK asks of its CDN.
    record SourceConfig() implements Route {}

    /// What browsers report of a destination's identifier.
    record Identity(String kit) implements Route {}

    record Live() implements Route {}

    record Ready() implements Route {}

    Map<String, Route> FIXED = fixed();
    String SETTINGS_START = "/v1/projects/";
    String SETTINGS_END = "/settings";
    String IDENTITY_START = "/v1/identity/";

    private static Map<String, Route> fixed() {
        Map<String, Route> routes = new HashMap<>();
        for (EventType type : EventType.values()) {
            routes.put("/v1/" + type.text(), new Single(type));
            routes.put("/v1/" + type.text().charAt(0), new Single(type));
        }
        for (String path : new String[] {"/v1/batch", "/v1/b", "/v1/import", "/beacon/v1/batch"}) {
            routes.put(path, new Batch());
        }
        routes.put("/sourceConfig", new SourceConfig());
        routes.put("/health/live", new Live());
        routes.put("/health/ready", new Ready());
        return Map.copyOf(routes);
    }

    /// The route of a path, with or without a slash at its end, or null when it is none of the collector's.
    static @Nullable Route of(String path) {
        String plain = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        Route route = FIXED.get(plain);
        if (route == null && plain.startsWith(IDENTITY_START)) {
            String kit = plain.substring(IDENTITY_START.length());
            return kit.isEmpty() || kit.indexOf('/') >= 0 ? null : new Identity(kit);
        }
        if (route != null || !plain.startsWith(SETTINGS_START) || !plain.endsWith(SETTINGS_END)) {
            return route;
        }
        int from = SETTINGS_START.length();
        int to = plain.length() - SETTINGS_END.length();
        String writeKey = from < to ? plain.substring(from, to) : "";
        return writeKey.isEmpty() || writeKey.indexOf('/') >= 0 ? null : new SegmentSettings(writeKey);
    }

    /// The methods it answers, for `Allow`.
    default String methods() {
        return switch (this) {
            case Single _, Batch _ -> "POST, OPTIONS";
            case Identity _ -> "GET, POST, OPTIONS";
            case SegmentSettings _, SourceConfig _ -> "GET, OPTIONS";
            case Live _, Ready _ -> "GET";
        };
    }
}
