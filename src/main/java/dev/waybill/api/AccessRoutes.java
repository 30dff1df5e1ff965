package dev.waybill.api;

import dev.waybill.access.AuditEntry;
import dev.waybill.access.AuditLog;
import dev.waybill.access.People;
import dev.waybill.access.Permission;
import dev.waybill.config.Problem;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.util.List;
import java.util.OptionalLong;

/// Who may sign in, and who changed what.
record AccessRoutes(People people, AuditLog audit) {
    private static final int USUAL_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    List<Route> routes() {
        return List.of(
                Route.get("audit", Permission.AUDIT, this::entries), Route.get("users", Permission.ADMIN, this::users));
    }

    private Answer entries(Call call) {
        Arguments query = call.query();
        int limit = query.number("limit", USUAL_LIMIT, 1, MAX_LIMIT);
        OptionalLong before = query.cursor("before");
        query.end();
        AuditLog.Page page = audit.list(limit, before);
        List<Json> entries =
                page.entries().stream().<Json>map(AccessRoutes::json).toList();
        return Answer.ok(JsonObject.builder()
                .put("entries", new Json.Arr(entries))
                .put("next", page.before().isPresent() ? Json.of(page.before().getAsLong()) : Json.Null.INSTANCE)
                .build());
    }

    private static JsonObject json(AuditEntry entry) {
        return JsonObject.builder()
                .put("at", Times.iso(entry.at()))
                .put("who", entry.who())
                .put("what", entry.what())
                .put("subject", entry.subject())
                .put("from", entry.from())
                .put("to", entry.to())
                .build();
    }

    private Answer users(Call call) {
        call.query().end();
        List<Json> users = people.all().stream()
                .<Json>map(user -> JsonObject.builder()
                        .put("name", user.name())
                        .put("role", user.role().text())
                        .build())
                .toList();
        List<Json> problems = people.problems().stream()
                .map(Problem::toString)
                .<Json>map(Json::of)
                .toList();
        return Answer.ok(JsonObject.builder()
                .put("users", new Json.Arr(users))
                .put("problems", new Json.Arr(problems))
                .build());
    }
}
