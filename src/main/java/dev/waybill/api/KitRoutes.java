package dev.waybill.api;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.kit.Kit;
import dev.waybill.transform.TransformKind;
import dev.waybill.workspace.Workspace;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/// What integrations can be made of: kits, and the transforms of their mappings.
record KitRoutes(Supplier<Workspace> workspace) {
    List<Route> routes() {
        return List.of(Route.get("kits", this::kits), Route.get("transforms", this::transforms));
    }

    private Answer kits(Call call) {
        call.query().end();
        List<Json> kits = workspace.get().kits().all().stream()
                .sorted(Comparator.comparing((Kit kit) -> kit.about().name()))
                .<Json>map(KitJson::of)
                .toList();
        return Answer.ok(JsonObject.builder().put("kits", new Json.Arr(kits)).build());
    }

    private Answer transforms(Call call) {
        call.query().end();
        List<Json> all =
                Arrays.stream(TransformKind.values()).<Json>map(KitRoutes::json).toList();
        return Answer.ok(
                JsonObject.builder().put("transforms", new Json.Arr(all)).build());
    }

    private static JsonObject json(TransformKind kind) {
        List<Json> options = kind.options().stream()
                .<Json>map(option -> JsonObject.builder()
                        .put("name", option.name())
                        .put("required", option.required())
                        .put("help", option.meaning())
                        .build())
                .toList();
        return JsonObject.builder()
                .put("name", kind.word())
                .put("description", kind.description())
                .put("standsAlone", kind.canStandAlone())
                .put("example", kind.example())
                .put("arguments", new Json.Arr(options))
                .build();
    }
}
