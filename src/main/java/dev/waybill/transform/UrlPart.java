package dev.waybill.transform;

import dev.waybill.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One part of a URL.
record UrlPart(String part) implements EachValue.TextStep {
    /// The words of the playbook.
    static final List<String> WORDS = List.of("scheme", "host", "port", "path", "query", "fragment");

    private static final int MAX_PORT = 65_535;

    @Override
    public @Nullable Json apply(String text, Budget budget, Transform.Misfit misfit) {
        UrlText url = UrlText.of(text);
        if (part.equals("port")) {
            return port(url.port());
        }
        String found = switch (part) {
            case "scheme" -> url.scheme();
            case "host" -> url.host();
            case "path" -> url.path();
            case "query" -> url.query();
            default -> url.fragment();
        };
        return found == null ? null : new Json.Str(found);
    }

    private static @Nullable Json port(@Nullable String digits) {
        if (digits == null || !digits.matches("[0-9]{1,5}")) {
            return null;
        }
        int port = Integer.parseInt(digits);
        return port > MAX_PORT ? null : new Json.Num(port);
    }
}
