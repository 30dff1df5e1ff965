package dev.waybill.collect;

import dev.waybill.identity.Report;
import dev.waybill.log.LogUnavailableException;
import dev.waybill.suppress.SuppressionsFullException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Where reports of browsers go. Called by many threads.
public interface IdentitySink {
    /// Keeps a report and returns when it is durable.
    ///
    /// @param pipeline the pipeline's name
    /// @throws LogUnavailableException when it can't be made durable now: the browser is told to come again
    void append(String pipeline, Report report) throws LogUnavailableException;

    /// Whether that person asked not to be tracked.
    boolean suppressed(@Nullable String anonymousId, @Nullable String puid);

    /// Keeps all events of that person from being sent, durably before it returns.
    ///
    /// @throws IOException when that isn't sure
    /// @throws SuppressionsFullException when browsers may suppress nobody more
    void suppress(@Nullable String anonymousId, @Nullable String puid) throws IOException, SuppressionsFullException;

    /// Keeps the events of that browser that were received until then from being sent, durably before it returns.
    ///
    /// @param at milliseconds of the epoch
    /// @throws IOException when that isn't sure
    void withdraw(String pipeline, String anonymousId, long at) throws IOException;

    /// Whether that browser withdrew consent then or later.
    ///
    /// @param since milliseconds of the epoch
    boolean withdrawnSince(String pipeline, String anonymousId, long since);

    /// Counts an answer.
    ///
    /// @param result what became of the report: `stored`, `opted_out`, `withdrawn`, the reason why it was
    ///     not stored, or the failure that the browser told
    void reported(String pipeline, String kit, String result);
}
