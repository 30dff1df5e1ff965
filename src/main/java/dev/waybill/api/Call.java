package dev.waybill.api;

import dev.waybill.access.Caller;
import dev.waybill.access.Visitor;
import dev.waybill.http.Body;
import dev.waybill.http.BodyReader;
import dev.waybill.http.Refusal;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;

/// One request to a route.
///
/// @param variables the decoded segments of the path that stand for `{…}`, in order
/// @param visitor who asks; a stranger on open routes only
record Call(ServerRequest request, List<String> variables, BodyReader bodies, Visitor visitor) {
    private static final int MAX_BODY = 64 << 10;

    Call {
        variables = List.copyOf(variables);
    }

    /// Who asks; on every route that needs a permission, somebody who has it.
    ///
    /// @throws Refusal 401 when nobody is signed in, on an open route
    Caller caller() {
        return Doorkeeper.caller(visitor);
    }

    /// The query's parameters. An empty one counts as absent.
    Arguments query() {
        return Arguments.ofQuery(request.query().rawValue());
    }

    /// The keys of the body, a JSON object of at most 64 KiB; an absent body has none.
    Arguments body() {
        return body(MAX_BODY);
    }

    Arguments body(int maxBytes) {
        try (Body body = bodies.read(request, maxBytes)) {
            return Arguments.ofBody(body.bytes());
        }
    }

    boolean accepts(String mediaType) {
        return request.headers()
                .first(HeaderNames.ACCEPT)
                .map(accepted -> accepted.contains(mediaType))
                .orElse(false);
    }
}
