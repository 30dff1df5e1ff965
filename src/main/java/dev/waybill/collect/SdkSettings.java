package dev.waybill.collect;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.workspace.Pipeline;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;

/// What the browser SDKs ask of their makers' CDN before they send anything, so that both work unmodified.
final class SdkSettings {
    private SdkSettings() {}

    /// For analytics-next. It takes the write key for its `Authorization` from `apiKey`, posts to `apiHost` without a
    /// scheme, and would report its own metrics to Segment unless their sample rate is 0.
    static JsonObject segment(ServerRequest request, PipelineIndex pipelines, Pipeline pipeline) {
        String base = base(request, pipelines);
        int host = base.indexOf("://") + "://".length();
        JsonObject.Builder segment = JsonObject.builder()
                .put("apiKey", pipeline.writeKey())
                .put("apiHost", base.substring(host) + "/v1")
                .put("protocol", base.substring(0, host - "://".length()))
                .put("type", "browser")
                .put("bundlingStatus", "bundled")
                .put("unbundledIntegrations", new Json.Arr(List.of()))
                .put("addBundledMetadata", false);
        if (!pipeline.origins().isEmpty()) {
            // The kit's cookie comes along only so, and only listed origins may send it.
            segment.put(
                    "deliveryStrategy",
                    JsonObject.builder()
                            .put("strategy", "standard")
                            .put("config", object("credentials", Json.of("include")))
                            .build());
        }
        return JsonObject.builder()
                .put("integrations", object("Segment.io", segment.build()))
                .put("plan", JsonObject.EMPTY)
                .put("middlewareSettings", JsonObject.EMPTY)
                .put("enabledMiddleware", JsonObject.EMPTY)
                .put("remotePlugins", new Json.Arr(List.of()))
                .put("metrics", object("sampleRate", Json.of(0)))
                .build();
    }

    /// For RudderStack's browser SDK, which refuses to start without `id`, `config` and `destinations`. Its reports to
    /// its maker are off.
    static JsonObject rudderStack(ServerRequest request, PipelineIndex pipelines, Pipeline pipeline) {
        JsonObject off = object("enabled", Json.of(false));
        JsonObject statistics =
                JsonObject.builder().put("errors", off).put("metrics", off).build();
        return object(
                "source",
                JsonObject.builder()
                        .put("id", pipeline.name())
                        .put("name", pipeline.name())
                        .put("writeKey", pipeline.writeKey())
                        .put("workspaceId", "waybill")
                        .put("enabled", true)
                        .put("config", object("statsCollection", statistics))
                        .put("dataplanes", dataPlanes(base(request, pipelines)))
                        .put("destinations", new Json.Arr(List.of()))
                        .build());
    }

    private static JsonObject dataPlanes(String base) {
        JsonObject plane =
                JsonObject.builder().put("url", base).put("default", true).build();
        return object("US", new Json.Arr(List.of(plane)));
    }

    /// How the browser reaches this collector, without a slash at the end.
    static String base(ServerRequest request, PipelineIndex pipelines) {
        String configured = pipelines.workspace().settings().publicUrl();
        if (configured != null) {
            return configured.endsWith("/") ? configured.substring(0, configured.length() - 1) : configured;
        }
        String scheme = pipelines.clients().secure(request) ? "https" : "http";
        return scheme + "://" + request.authority();
    }

    private static JsonObject object(String key, Json value) {
        return JsonObject.builder().put(key, value).build();
    }
}
