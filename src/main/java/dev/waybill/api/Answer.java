package dev.waybill.api;

import dev.waybill.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;

/// What a route answers.
sealed interface Answer {
    static Answer ok(JsonObject body) {
        return new Whole(200, body);
    }

    /// A JSON object.
    ///
    /// @param status 200 or 202; errors are thrown
    record Whole(int status, JsonObject body) implements Answer {}

    /// Written piece by piece, because the whole may be large.
    ///
    /// @param fileName the name to save it by, or empty
    record Stream(String contentType, String fileName, Writing writing) implements Answer {}

    /// Writes the content.
    @FunctionalInterface
    interface Writing {
        void to(OutputStream out) throws IOException;
    }
}
