package dev.waybill.outcome;

import dev.waybill.json.JsonObject;

/// One notice about one output key.
///
/// @param path the output key, such as `params.description`
/// @param detail what was found and what was done, such as `412 characters cut to 300`
public record Notice(NoticeCode code, String path, String detail) {
    public JsonObject toJson() {
        return JsonObject.builder()
                .put("code", code.code())
                .put("path", path)
                .put("detail", detail)
                .build();
    }
}
