package dev.waybill.author;

import dev.waybill.config.Problem.Severity;
import dev.waybill.json.JsonObject;
import java.util.Locale;

/// What is wrong, or doubtful, in what somebody sent.
///
/// @param path a JSON pointer into it; empty for the whole
/// @param message what was found, what is allowed, what to do; no value of a secret
public record Finding(String path, String message, Severity severity) {
    static Finding error(String path, String message) {
        return new Finding(path, message, Severity.ERROR);
    }

    static Finding warning(String path, String message) {
        return new Finding(path, message, Severity.WARNING);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    public JsonObject json() {
        return JsonObject.builder()
                .put("path", path)
                .put("message", message)
                .put("severity", severity.name().toLowerCase(Locale.ROOT))
                .build();
    }
}
