package dev.waybill.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.http.Refusal;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Finds the route of a request. Immutable, safe for threads.
final class RouteTable {
    private final List<Route> routes;

    RouteTable(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    List<Route> routes() {
        return routes;
    }

    /// A route and what its variables stand for.
    record Found(Route route, List<String> variables) {}

    /// What a path and a method lead to.
    sealed interface Result {
        record Known(Found found) implements Result {}

        /// The path has other methods.
        ///
        /// @param allowed the methods that the path has, such as `GET, POST`
        record OtherMethod(String allowed) implements Result {}

        record Unknown() implements Result {}
    }

    Result find(String method, List<String> path) {
        Set<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            Optional<List<String>> variables = route.match(path);
            if (variables.isPresent()) {
                if (route.method().equals(method)) {
                    return new Result.Known(new Found(route, variables.get()));
                }
                allowed.add(route.method());
            }
        }
        return allowed.isEmpty() ? new Result.Unknown() : new Result.OtherMethod(String.join(", ", allowed));
    }

    /// The decoded segments behind `/api/`. A slash at the end doesn't matter.
    ///
    /// @param rawPath as it came over the wire
    static List<String> segments(String rawPath) {
        List<String> segments = new ArrayList<>();
        for (String segment : rawPath.split("/", -1)) {
            if (!segment.isEmpty()) {
                segments.add(decoded(segment));
            }
        }
        return segments.isEmpty() ? List.of() : segments.subList(1, segments.size());
    }

    private static String decoded(String segment) {
        try {
            // The decoder is one for forms, where a plus is a space; in a path it is a plus.
            return URLDecoder.decode(segment.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException odd) {
            throw new Refusal(400, "bad_parameter", "the path holds a % that is not followed by two hex digits");
        }
    }
}
