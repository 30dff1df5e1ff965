package dev.waybill.access;

import org.jspecify.annotations.Nullable;

/// The one journal of every change: who or which file, what, from, to. Safe for threads.
@FunctionalInterface
public interface AuditJournal {
    /// Writes that something was changed. Returns when it is durable.
    ///
    /// @param who a caller's name, or the file that was changed by hand
    /// @param what in a few words of a fixed list, such as `revision saved` or `revision pinned`
    /// @param subject what was changed, such as `pipelines/web` or `integrations/kargo-main/2`
    /// @param from what it was, short and without secrets; null when there was nothing
    /// @param to what it is now, short and without secrets; null when there is nothing
    void record(String who, String what, String subject, @Nullable String from, @Nullable String to);
}
