package dev.waybill.collect;

import dev.waybill.identity.Report;
import dev.waybill.log.LogUnavailableException;
import dev.waybill.suppress.SuppressionsFullException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps reports in memory.
final class KeptIdentities implements IdentitySink {
    final List<Report> reports = new ArrayList<>();
    final Set<String> suppressed = new HashSet<>();
    final List<String> withdrawals = new ArrayList<>();
    final List<String> results = new ArrayList<>();
    volatile @Nullable String unavailable;
    volatile @Nullable SuppressionsFullException full;

    @Override
    public synchronized void append(String pipeline, Report report) throws LogUnavailableException {
        if (unavailable != null) {
            throw new LogUnavailableException(unavailable);
        }
        reports.add(report);
    }

    @Override
    public synchronized boolean suppressed(@Nullable String anonymousId, @Nullable String puid) {
        return suppressed.contains(anonymousId) || suppressed.contains(puid);
    }

    @Override
    public synchronized void suppress(@Nullable String anonymousId, @Nullable String puid)
            throws IOException, SuppressionsFullException {
        SuppressionsFullException refusal = full;
        if (refusal != null) {
            throw refusal;
        }
        if (unavailable != null) {
            throw new IOException(unavailable);
        }
        suppressed.add(anonymousId);
        suppressed.add(puid);
    }

    @Override
    public synchronized void withdraw(String pipeline, String anonymousId, long at) throws IOException {
        if (unavailable != null) {
            throw new IOException(unavailable);
        }
        withdrawals.add(pipeline + " " + anonymousId + " " + at);
    }

    @Override
    public synchronized boolean withdrawnSince(String pipeline, String anonymousId, long since) {
        String browser = pipeline + " " + anonymousId + " ";
        return withdrawals.stream()
                .filter(withdrawal -> withdrawal.startsWith(browser))
                .anyMatch(withdrawal -> Long.parseLong(withdrawal.substring(browser.length())) >= since);
    }

    @Override
    public synchronized void reported(String pipeline, String kit, String result) {
        results.add(kit + " " + result);
    }
}
