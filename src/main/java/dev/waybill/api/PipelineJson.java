package dev.waybill.api;

import dev.waybill.config.Quantity;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.workspace.Pipeline;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A pipeline as it runs, in the words of its file, with every default written out.
final class PipelineJson {
    private PipelineJson() {}

    static void put(Pipeline pipeline, JsonObject.Builder json) {
        Pipeline.Sync sync = pipeline.sync();
        Pipeline.Signals signals = pipeline.consent().signals();
        List<String> category = pipeline.consent().category();
        json.put("writeKey", pipeline.writeKey())
                .put("origins", texts(pipeline.origins()))
                .put(
                        "cookie",
                        JsonObject.builder()
                                .put("domain", pipeline.cookie().domain())
                                .put("name", pipeline.cookie().name())
                                .build())
                .put(
                        "consent",
                        JsonObject.builder()
                                .put("scope", word(pipeline.consent().scope()))
                                .put(
                                        "category",
                                        category.isEmpty()
                                                ? Json.Null.INSTANCE
                                                : category.size() == 1 ? Json.of(category.getFirst()) : texts(category))
                                .put(
                                        "signals",
                                        JsonObject.builder()
                                                .put("tcf", signals.tcf())
                                                .put("gpp", signals.gpp())
                                                .put("usp", signals.usp())
                                                .put("gpc", signals.gpc())
                                                .build())
                                .build())
                .put("identityWait", Quantity.words(pipeline.identityWait()))
                .put(
                        "sync",
                        JsonObject.builder()
                                .put("cookieDays", sync.cookieDays())
                                .put(
                                        "refreshDays",
                                        sync.refreshDays() == null ? Json.Null.INSTANCE : Json.of(sync.refreshDays()))
                                .put("failureTtl", Quantity.words(sync.failureTtl()))
                                .put("firstFailureTtl", Quantity.words(sync.firstFailureTtl()))
                                .put("holdMs", sync.hold().toMillis())
                                .put("timeoutMs", sync.timeout().toMillis())
                                .build());
    }

    /// @param latest the newest revision there is
    /// @param state the lane's; null when it has none yet
    static JsonObject pin(Pipeline.Pin pin, @Nullable Integer latest, @Nullable String state) {
        return JsonObject.builder()
                .put("integration", pin.integration())
                .put("revision", pin.revision())
                .put("latest", latest == null ? Json.Null.INSTANCE : Json.of(latest))
                .put("enabled", pin.enabled())
                .put("mode", word(pin.mode()))
                .put(
                        "startFrom",
                        switch (pin.startFrom()) {
                            case Pipeline.StartFrom.Now _ -> "now";
                            case Pipeline.StartFrom.Earliest _ -> "earliest";
                            case Pipeline.StartFrom.At(long time) ->
                                Instant.ofEpochMilli(time).toString();
                        })
                .put("state", state)
                .build();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static Json texts(List<String> texts) {
        return new Json.Arr(texts.stream().<Json>map(Json::of).toList());
    }
}
