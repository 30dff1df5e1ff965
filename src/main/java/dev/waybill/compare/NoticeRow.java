package dev.waybill.compare;

import dev.waybill.json.JsonObject;

/// How often one notice was given about one key in events of one name, by either revision; only where that differs.
public record NoticeRow(String event, String code, String path, long before, long after) {
    JsonObject json() {
        return JsonObject.builder()
                .put("event", event)
                .put("code", code)
                .put("path", path)
                .put("before", before)
                .put("after", after)
                .build();
    }
}
