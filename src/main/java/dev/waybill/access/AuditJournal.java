package dev.waybill.access;

import org.jspecify.annotations.Nullable;

/// The one journal of every change: who or which file, what, from, to. Safe for threads.
@FunctionalInterface
public interface AuditJournal {
    /// Writes that something was changed. Returns when it is durable.
    ///
    /// @param who a caller's name, or the file that was changed by hand
    /// @param what the text of an [Audited]
    /// @param subject what was changed, such as `pipelines/web` or `integrations/kargo-main/2`; identifiers of
    ///     people
    ///     only shortened
    /// @param from what it was, short and without secrets; null when there was nothing
    /// @param to what it is now, short and without secrets; null when there is nothing
    /// @throws AuditFailedException when it can't be made durable; the API answers 503 `not_durable`
    void record(String who, String what, String subject, @Nullable String from, @Nullable String to);

    /// As [#record(String,String,String,String,String)].
    default void record(String who, Audited what, String subject, @Nullable String from, @Nullable String to) {
        record(who, what.text(), subject, from, to);
    }
}
