package dev.waybill.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.Header;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/// `POST /events`: the rules, unless a fault decides. What is answered is kept.
final class EventEndpoint {
    private static final byte[] OK = "{\"ok\":true}".getBytes(UTF_8);

    private final FaultPoint faults;
    private final Connections connections;
    private final ReceivedLog received;
    private final InstantSource clock;

    EventEndpoint(FaultPoint faults, Connections connections, ReceivedLog received, InstantSource clock) {
        this.faults = faults;
        this.connections = connections;
        this.received = received;
        this.clock = clock;
    }

    void handle(ServerRequest request, ServerResponse response) throws IOException {
        byte[] body = Answers.body(request, response);
        if (body == null) {
            return;
        }
        Fault fault;
        try {
            fault = faults.befall(Fault.Target.EVENTS);
        } catch (FaultPoint.CutException cut) {
            throw connections.cut(request);
        }
        // Kept before it is answered: whoever has seen the answer finds the request in /received.
        if (fault != null && fault.status() != null) {
            keep(request, fault.status(), body);
            Answers.fault(response, fault.status(), fault.retryAfterSeconds());
            return;
        }
        List<String> errors = KargoRules.brokenBy(body);
        int status = errors.isEmpty() ? 200 : 400;
        keep(request, status, body);
        if (errors.isEmpty()) {
            Answers.send(response, status, OK);
        } else {
            Answers.refuse(response, status, errors);
        }
    }

    private void keep(ServerRequest request, int status, byte[] body) {
        StringBuilder headers = new StringBuilder(256);
        for (Header header : request.headers()) {
            headers.append(header.headerName().lowerCase()).append(": ");
            headers.append(String.join(", ", header.allValues())).append('\n');
        }
        received.add(new Received(clock.instant(), status, headers.toString(), body));
    }
}
