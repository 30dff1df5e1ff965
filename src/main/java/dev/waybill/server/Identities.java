package dev.waybill.server;

import dev.waybill.collect.IdentitySink;
import dev.waybill.identity.Report;
import dev.waybill.log.LogUnavailableException;
import dev.waybill.suppress.Suppressions.Kind;
import dev.waybill.suppress.Suppressor;
import java.io.IOException;
import java.io.InterruptedIOException;
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
    public void suppress(@Nullable String anonymousId, @Nullable String puid) throws IOException {
        Map<Kind, String> person = new EnumMap<>(Kind.class);
        if (anonymousId != null) {
            person.put(Kind.ANONYMOUS_ID, anonymousId);
        }
        if (puid != null) {
            person.put(Kind.PUID, puid);
        }
        sure(() -> new Suppressor(store.suppressions(), store.clock()).suppress(person));
    }

    @Override
    public void withdraw(String pipeline, String anonymousId, long at) throws IOException {
        sure(() -> store.withdrawals().add(pipeline, anonymousId, at));
    }

    @Override
    public boolean withdrawnSince(String pipeline, String anonymousId, long since) {
        return store.withdrawals().since(pipeline, anonymousId, since).isPresent();
    }

    private interface Writing {
        void run() throws IOException;
    }

    /// What could not be made durable stops the intake, as anywhere else.
    private void sure(Writing writing) throws IOException {
        try {
            writing.run();
        } catch (InterruptedIOException stopping) {
            throw stopping;
        } catch (IOException e) {
            store.gate().fail("What a browser told of consent could not be kept: " + e.getMessage());
            throw e;
        }
    }

    @Override
    public void reported(String pipeline, String kit, String result) {
        store.metrics().identityReported(pipeline, kit, result);
    }
}
