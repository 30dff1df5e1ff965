package dev.waybill.server;

import dev.waybill.access.AuditLog;
import dev.waybill.data.DataDirectory;
import dev.waybill.deadletter.DeadLetters;
import dev.waybill.dedup.DedupIndex;
import dev.waybill.journal.JournalWriter;
import dev.waybill.log.IntakeGate;
import dev.waybill.metrics.Metrics;
import dev.waybill.onboard.Confirmations;
import dev.waybill.suppress.Suppressions;
import dev.waybill.suppress.Suppressor;
import dev.waybill.suppress.Withdrawals;
import dev.waybill.workspace.Settings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a server keeps on disk beside the logs and the journals. Safe for threads.
record Store(
        DataDirectory data,
        Settings settings,
        IntakeGate gate,
        DedupIndex duplicates,
        JournalWriter journals,
        DeadLetters deadLetters,
        Suppressions suppressions,
        AuditLog audit,
        Confirmations confirmations,
        Withdrawals withdrawals,
        Metrics metrics,
        InstantSource clock)
        implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

    static Store open(DataDirectory data, Settings settings, Metrics metrics, InstantSource clock) throws IOException {
        IntakeGate gate = new IntakeGate(settings.log().minFreeBytes(), data::freeBytes, clock);
        JournalWriter journals = new JournalWriter(settings.durability() == Settings.Durability.FSYNC, gate::fail);
        return new Store(
                data,
                settings,
                gate,
                new DedupIndex(settings.dedup().window(), settings.dedup().maxIds()),
                journals,
                DeadLetters.open(data.root().resolve("dead-letters"), journals, damage(metrics)),
                Suppressions.open(data.root().resolve("suppressions"), damage(metrics)),
                AuditLog.open(data.root().resolve("audit"), clock, damage(metrics), gate::fail),
                Confirmations.open(data.root().resolve("confirmations.json"), damage(metrics)),
                Withdrawals.open(data.root().resolve("withdrawals"), damage(metrics)),
                metrics,
                clock);
    }

    /// Whether answers and outcomes wait for the disk.
    boolean force() {
        return settings.durability() == Settings.Durability.FSYNC;
    }

    /// Suppresses people; what it can't make durable stops the intake.
    Suppressor suppressor() {
        return new Suppressor(suppressions, clock, gate::fail);
    }

    /// Something that must be durable once it returns.
    interface Writing {
        void run() throws IOException;
    }

    /// Runs it; when it fails that stops the intake, as anywhere else.
    ///
    /// @param what that can't be kept then, as the beginning of a sentence
    void sure(String what, Writing writing) throws IOException {
        try {
            writing.run();
        } catch (InterruptedIOException stopping) {
            throw stopping;
        } catch (IOException e) {
            gate.fail("%s could not be kept (%s); free some space or mend the disk, and restart."
                    .formatted(what, e.getMessage()));
            throw e;
        }
    }

    /// Reports a damaged place in a file.
    static java.util.function.Consumer<String> damage(Metrics metrics) {
        return what -> {
            metrics.damaged();
            LOG.error("{}", what);
        };
    }

    @Override
    public void close() throws IOException {
        journals.close();
        deadLetters.close();
        suppressions.close();
        audit.close();
        withdrawals.close();
        data.close();
    }
}
