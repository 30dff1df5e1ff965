package dev.waybill.kit;

import dev.waybill.json.JsonObject;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// The HTTP request that an event becomes.
///
/// @param method such as `POST`
/// @param url absolute; null when the integration has no endpoint yet (only a dry run goes that far)
/// @param headers lower-case names
/// @param body the JSON that is sent
public record KitRequest(String method, @Nullable String url, SortedMap<String, String> headers, JsonObject body) {}
