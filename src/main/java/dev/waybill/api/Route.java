package dev.waybill.api;

import dev.waybill.access.Permission;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One method on one path.
///
/// @param method `GET`, `POST`, `PUT` or `DELETE`
/// @param pattern its segments; `{…}` takes any one segment
/// @param needs what the caller must be permitted to do; null when anybody may ask, also a stranger
record Route(String method, List<String> pattern, @Nullable Permission needs, Handler handler) {
    Route {
        pattern = List.copyOf(pattern);
    }

    /// Answers a request, or throws a [dev.waybill.http.Refusal].
    @FunctionalInterface
    interface Handler {
        Answer answer(Call call) throws IOException;
    }

    /// A route for everybody: only those of signing in.
    static Route open(String method, String path, Handler handler) {
        return new Route(method, List.of(path.split("/", -1)), null, handler);
    }

    /// A route that needs to see, no more.
    static Route get(String path, Handler handler) {
        return get(path, Permission.VIEW, handler);
    }

    static Route get(String path, Permission needs, Handler handler) {
        return new Route("GET", List.of(path.split("/", -1)), needs, handler);
    }

    static Route post(String path, Permission needs, Handler handler) {
        return new Route("POST", List.of(path.split("/", -1)), needs, handler);
    }

    static Route put(String path, Permission needs, Handler handler) {
        return new Route("PUT", List.of(path.split("/", -1)), needs, handler);
    }

    static Route delete(String path, Permission needs, Handler handler) {
        return new Route("DELETE", List.of(path.split("/", -1)), needs, handler);
    }

    /// What stands for the pattern's variables; empty when the path is another one.
    Optional<List<String>> match(List<String> path) {
        if (path.size() != pattern.size()) {
            return Optional.empty();
        }
        List<String> variables = new ArrayList<>();
        for (int i = 0; i < path.size(); i++) {
            if (pattern.get(i).startsWith("{")) {
                variables.add(path.get(i));
            } else if (!pattern.get(i).equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }
}
