package dev.waybill.onboard;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.util.List;

/// What a page of one origin gets from an ID endpoint.
///
/// @param integration whose endpoint it is
/// @param status of the answer; 0 when there was none
/// @param allowOrigin in one word: `exact`, `missing`, `*`, `other`, `several`, or `-` without an answer
/// @param allowCredentials in one word: `true`, `missing`, `wrong`, or `-`
/// @param identifier in one word: `shaped`, `odd`, `missing`, or `-` where no body is looked at
/// @param cookie in one word: `set`, `same-site`, `none`, or `-`
/// @param faults whole sentences: each keeps the identifier from the page
/// @param notes whole sentences on what works and deserves a look
public record SyncFinding(
        String integration,
        String origin,
        int status,
        long milliseconds,
        String allowOrigin,
        String allowCredentials,
        String identifier,
        String cookie,
        List<String> faults,
        List<String> notes) {
    public SyncFinding {
        faults = List.copyOf(faults);
        notes = List.copyOf(notes);
    }

    /// Whether a page of the origin gets an identifier.
    public boolean isFine() {
        return faults.isEmpty();
    }

    /// Whether the endpoint answered at all.
    public boolean isAnswered() {
        return status != 0;
    }

    /// For programs.
    public JsonObject json() {
        return JsonObject.builder()
                .put("integration", integration)
                .put("origin", origin)
                .put("ok", isFine())
                .put("status", status)
                .put("milliseconds", milliseconds)
                .put("allowOrigin", allowOrigin)
                .put("allowCredentials", allowCredentials)
                .put("identifier", identifier)
                .put("cookie", cookie)
                .put("faults", texts(faults))
                .put("notes", texts(notes))
                .build();
    }

    private static Json texts(List<String> sentences) {
        return new Json.Arr(sentences.stream().<Json>map(Json::of).toList());
    }
}
