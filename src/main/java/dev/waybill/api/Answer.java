package dev.waybill.api;

import dev.waybill.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;

/// What a route answers.
sealed interface Answer {
    static Whole ok(JsonObject body) {
        return new Whole(200, body);
    }

    /// A JSON object.
    ///
    /// @param status 200 to 202; errors are thrown, but for those that say more than a reason and a detail
    /// @param headers further headers by their names, such as an ETag
    record Whole(int status, JsonObject body, Map<String, String> headers) implements Answer {
        public Whole {
            headers = Map.copyOf(headers);
        }

        Whole(int status, JsonObject body) {
            this(status, body, Map.of());
        }

        /// With a further header.
        Whole with(String header, String value) {
            Map<String, String> all = new HashMap<>(headers);
            all.put(header, value);
            return new Whole(status, body, all);
        }
    }

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
