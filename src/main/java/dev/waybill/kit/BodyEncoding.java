package dev.waybill.kit;

import org.jspecify.annotations.Nullable;

/// How the body's keys travel.
public enum BodyEncoding {
    /// As one JSON document.
    JSON("application/json"),
    /// As `application/x-www-form-urlencoded`, a top-level key each.
    FORM("application/x-www-form-urlencoded"),
    /// In the URL's query, a top-level key each; there is no body.
    QUERY(null);

    private final @Nullable String contentType;

    BodyEncoding(@Nullable String contentType) {
        this.contentType = contentType;
    }

    /// What the `content-type` header says unless a kit says otherwise; null when there is no body.
    public @Nullable String contentType() {
        return contentType;
    }
}
