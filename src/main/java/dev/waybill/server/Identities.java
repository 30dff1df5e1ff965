package dev.waybill.server;

import dev.waybill.collect.IdentitySink;
import dev.waybill.identity.Report;
import dev.waybill.log.LogUnavailableException;
import dev.waybill.suppress.Suppressions.Kind;
import dev.waybill.suppress.SuppressionsFullException;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the collector's identity routes put what browsers report. Safe for threads.
record Identities(Store store, PipelineLogs logs) implements IdentitySink {
    @Override
    public void append(String pipeline, Report report) throws LogUnavailableException {
        logs.append(pipeline, report);
    }

    @Override
    public boolean suppressed(@Nullable String anonymousId, @Nullable String puid) {
        return (anonymousId != null && store.suppressions().contains(Kind.ANONYMOUS_ID, anonymousId))
                || (puid != null && store.suppressions().contains(Kind.PUID, puid));
    }

    @Override
    public void suppress(@Nullable String anonymousId, @Nullable String puid)
            throws IOException, SuppressionsFullException {
        Map<Kind, String> person = new EnumMap<>(Kind.class);
        if (anonymousId != null) {
            person.put(Kind.ANONYMOUS_ID, anonymousId);
        }
        if (puid != null) {
            person.put(Kind.PUID, puid);
        }
        store.suppressor().optOut(person);
    }

    @Override
    public void withdraw(String pipeline, String anonymousId, long at) throws IOException {
        store.sure("What a browser told of consent", () -> store.withdrawals().add(pipeline, anonymousId, at));
    }

    @Override
    public boolean withdrawnSince(String pipeline, String anonymousId, long since) {
        return store.withdrawals().since(pipeline, anonymousId, since).isPresent();
    }

    @Override
    public void reported(String pipeline, String kit, String result) {
        store.metrics().identityReported(pipeline, kit, result);
    }
}
