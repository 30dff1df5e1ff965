package dev.waybill.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/// The description of all routes under `/api` for programs: OpenAPI 3.1, a file that is written by hand.
final class OpenApiRoutes {
    private static final String FILE = "/openapi.json";

    private final byte[] file = read();

    List<Route> routes() {
        return List.of(Route.get("openapi.json", this::file));
    }

    private Answer file(Call call) {
        call.query().end();
        return new Answer.Stream("application/json", "", out -> out.write(file));
    }

    private static byte[] read() {
        try (InputStream in = OpenApiRoutes.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not among the program's files");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
