package dev.waybill.api;

import dev.waybill.access.AuditJournal;
import dev.waybill.access.Audited;
import dev.waybill.access.Permission;
import dev.waybill.access.Shortened;
import dev.waybill.http.Refusal;
import dev.waybill.json.JsonObject;
import dev.waybill.suppress.Suppressions.Kind;
import dev.waybill.suppress.Suppressor;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Keeps a person's events from being sent, from now on.
record SuppressRoutes(Suppressor suppressor, AuditJournal audit) {
    private static final Map<String, Kind> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("userId", Kind.USER_ID);
        KINDS.put("anonymousId", Kind.ANONYMOUS_ID);
        KINDS.put("puid", Kind.PUID);
    }

    List<Route> routes() {
        return List.of(Route.post("suppress", Permission.SUPPRESS, this::suppress));
    }

    private Answer suppress(Call call) {
        Arguments body = call.body();
        Map<Kind, String> person = new LinkedHashMap<>();
        KINDS.forEach((key, kind) -> {
            String value = body.text(key);
            if (value != null) {
                person.put(kind, value);
            }
        });
        if (body.isEmpty()) {
            body.problem("the body names nobody; give at least one of " + String.join(", ", KINDS.keySet()));
        }
        body.end();
        add(person);
        person.forEach((kind, value) -> audit.record(
                call.caller().name(), Audited.PERSON_SUPPRESSED, kind.text() + " " + Shortened.of(value), null, null));
        return Answer.ok(JsonObject.builder().put("suppressed", true).build());
    }

    private void add(Map<Kind, String> person) {
        try {
            suppressor.suppress(person);
        } catch (IOException e) {
            throw unavailable(String.valueOf(e.getMessage()));
        }
    }

    private static Refusal unavailable(String why) {
        return new Refusal(
                503, "not_durable", "it is not sure that the person is suppressed (%s); ask again".formatted(why), 1);
    }
}
