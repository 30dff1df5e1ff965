package dev.waybill.api;

import dev.waybill.event.EventType;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.kit.Kit;
import dev.waybill.kit.KitTable;
import dev.waybill.kit.Parameter;
import java.util.ArrayList;
import java.util.List;

/// A kit as an entry of the library.
final class KitJson {
    private KitJson() {}

    static JsonObject of(Kit kit) {
        Kit.About about = kit.about();
        KitTable table = kit.table();
        JsonObject.Builder events = JsonObject.builder();
        table.events().forEach((name, rows) -> events.put(name, rows(rows)));
        return JsonObject.builder()
                .put("name", about.name())
                .put("title", about.title())
                .put("description", about.description())
                .put("docs", about.docs())
                .put("product", about.product())
                .put("source", texts(about.source()))
                .put("scope", about.scope())
                .put(
                        "parameters",
                        new Json.Arr(kit.parameters().stream()
                                .<Json>map(KitJson::parameter)
                                .toList()))
                .put("limits", limits(kit.limits()))
                .put("sync", kit.hasSync())
                .put("needs", texts(needs(kit)))
                .put(
                        "events",
                        new Json.Arr(
                                kit.events().stream().<Json>map(KitJson::event).toList()))
                .put(
                        "tables",
                        JsonObject.builder()
                                .put("global", rows(table.global()))
                                .put("events", events.build())
                                .put("default", rows(table.defaults()))
                                .build())
                .build();
    }

    private static JsonObject parameter(Parameter parameter) {
        return JsonObject.builder()
                .put("name", parameter.name())
                .put("required", parameter.required())
                .put("secret", parameter.secret())
                .put("kind", parameter.kind() == Parameter.Kind.URL ? "url" : "text")
                .put("help", parameter.description())
                .put("example", parameter.example())
                .put(
                        "default",
                        parameter.fallback() == null
                                ? null
                                : parameter.fallback().toString())
                .put(
                        "pattern",
                        parameter.pattern() == null ? null : parameter.pattern().pattern())
                .build();
    }

    private static JsonObject limits(Kit.Limits limits) {
        return JsonObject.builder()
                .put("eventName", number(limits.eventName()))
                .put("object", limits.object())
                .put("keys", number(limits.keys()))
                .put("keyLength", number(limits.keyLength()))
                .put("valueLength", number(limits.valueLength()))
                .build();
    }

    private static Json number(int most) {
        return most == Integer.MAX_VALUE ? Json.Null.INSTANCE : Json.of(most);
    }

    /// What somebody has to have before events arrive, in sentences.
    private static List<String> needs(Kit kit) {
        List<String> needs = new ArrayList<>();
        for (Parameter parameter : kit.parameters()) {
            if (parameter.required() && parameter.fallback() == null) {
                needs.add(parameter.name() + ": " + parameter.description());
            }
        }
        kit.parameters().stream()
                .filter(parameter -> kit.syncParameters().contains(parameter.name()) && !parameter.required())
                .forEach(parameter ->
                        needs.add("For the ID sync, " + parameter.name() + ": " + parameter.description()));
        if (kit.needsIdentity()) {
            needs.add("Each event needs the person's identifier; one without it is not sent."
                    + (kit.hasSync() ? " Browsers get it by the ID sync." : ""));
        }
        if (kit.consent().hasVendor()) {
            needs.add("Where a TCF string says so, consent to vendor %d for the purposes %s."
                    .formatted(
                            kit.consent().vendor(),
                            String.join(
                                    ", ",
                                    kit.consent().purposes().stream()
                                            .map(String::valueOf)
                                            .toList())));
        }
        return needs;
    }

    private static JsonObject event(String name) {
        return JsonObject.builder()
                .put("event", name)
                .put("type", EventType.of(name).map(EventType::text).orElse("track"))
                .build();
    }

    private static Json rows(List<KitTable.Row> rows) {
        return new Json.Arr(rows.stream()
                .<Json>map(row -> JsonObject.builder()
                        .put("output", row.output())
                        .put("description", row.description())
                        .put("input", row.input())
                        .put("value", row.value() == null ? Json.Null.INSTANCE : row.value())
                        .put("required", row.required())
                        .build())
                .toList());
    }

    private static Json texts(List<String> texts) {
        return new Json.Arr(texts.stream().<Json>map(Json::of).toList());
    }
}
