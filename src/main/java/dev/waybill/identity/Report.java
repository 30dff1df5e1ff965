package dev.waybill.identity;

import org.jspecify.annotations.Nullable;

/// One report of a browser: the identifier it got, or why it has none.
///
/// @param receivedAt when the collector took it, in milliseconds of the epoch
/// @param kit whose identifier it is about
/// @param anonymousId of the browser, as its events carry it
/// @param puid the identifier, null when there is none
/// @param failure why not, null when there is one
public record Report(
        long receivedAt,
        String kit,
        String anonymousId,
        @Nullable String puid,
        @Nullable SyncFailure failure) {}
