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

    /// Where a browser is to go for an identifier.
    record IdentityRedirect(String kit) implements Route {}

    /// Where the destination sends it back to.
    record IdentityCallback(String kit) implements Route {}

    record Live() implements Route {}

    record Ready() implements Route {}

    Map<String, Route> FIXED = fixed();
    String SETTINGS_START = "/v1/projects/";
    String SETTINGS_END = "/settings";
    String IDENTITY_START = "/v1/identity/";
    String REDIRECT_END = "/redirect";
    String CALLBACK_END = "/callback";

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
            if (kit.endsWith(REDIRECT_END)) {
                String name = kit.substring(0, kit.length() - REDIRECT_END.length());
                return isOne(name) ? new IdentityRedirect(name) : null;
            }
            if (kit.endsWith(CALLBACK_END)) {
                String name = kit.substring(0, kit.length() - CALLBACK_END.length());
                return isOne(name) ? new IdentityCallback(name) : null;
            }
            return isOne(kit) ? new Identity(kit) : null;
        }
        if (route != null || !plain.startsWith(SETTINGS_START) || !plain.endsWith(SETTINGS_END)) {
            return route;
        }
        int from = SETTINGS_START.length();
        int to = plain.length() - SETTINGS_END.length();
        String writeKey = from < to ? plain.substring(from, to) : "";
        return isOne(writeKey) ? new SegmentSettings(writeKey) : null;
    }

    private static boolean isOne(String segment) {
        return !segment.isEmpty() && segment.indexOf('/') < 0;
    }

    /// The methods it answers, for `Allow`.
    default String methods() {
        return switch (this) {
            case Single _, Batch _, IdentityRedirect _ -> "POST, OPTIONS";
            case Identity _ -> "GET, POST, OPTIONS";
            case SegmentSettings _, SourceConfig _ -> "GET, OPTIONS";
            case Live _, Ready _, IdentityCallback _ -> "GET";
        };
    }
}
