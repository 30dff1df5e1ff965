package dev.waybill.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.access.AuditFailedException;
import dev.waybill.access.AuditJournal;
import dev.waybill.access.Audited;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes into the audit journal which files of the workspace changed, when the change is in force: the file is who,
/// for nobody knows who edited it. What the API writes it announces here before, and writes into the journal itself,
/// with its caller. Safe for threads.
public final class AuditedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(AuditedFiles.class);
    private static final int HASH_SHOWN = 12;
    private static final int MOST_ANNOUNCED = 1000;

    private final AuditJournal audit;
    private final Deque<Announced> announced = new ArrayDeque<>();

    /// A file that is about to be written. Closed before [#written], it is withdrawn: nothing was written, and whoever
    /// puts that very text there later is another.
    public final class Announced implements AutoCloseable {
        private final String path;
        private final @Nullable String hash;
        private boolean written;

        private Announced(String path, @Nullable String hash) {
            this.path = path;
            this.hash = hash;
        }

        /// Where it is or will be, inside the workspace.
        String path() {
            return path;
        }

        /// The file is there.
        public void written() {
            synchronized (AuditedFiles.this) {
                written = true;
            }
        }

        @Override
        public void close() {
            synchronized (AuditedFiles.this) {
                if (!written) {
                    announced.remove(this);
                }
            }
        }
    }

    public AuditedFiles(AuditJournal audit) {
        this.audit = audit;
    }

    /// Says that a file is about to be written by somebody whom the journal names: the change of this file to this
    /// text gets no further entry.
    ///
    /// @param path inside the workspace, such as `pipelines/web.yaml`; of a secret `secrets/NAME`
    /// @param text what the file will hold; null when it goes, and always for a secret
    public synchronized Announced announce(String path, @Nullable String text) {
        if (announced.size() == MOST_ANNOUNCED) {
            announced.removeFirst();
        }
        Announced file = new Announced(path, hash(text));
        announced.addLast(file);
        return file;
    }

    /// The announced files that are written already. Whoever reads the files after this reads them, or what came over
    /// them.
    synchronized List<Announced> written() {
        return announced.stream().filter(file -> file.written).toList();
    }

    /// Files were read and are in force since these were written: those that were not found are gone by now, and an
    /// equal text that comes later is another's.
    synchronized void forget(List<Announced> seen) {
        announced.removeAll(seen);
    }

    private synchronized boolean wasAnnounced(String path, @Nullable String hash) {
        Iterator<Announced> files = announced.iterator();
        while (files.hasNext()) {
            Announced file = files.next();
            if (file.path.equals(path) && Objects.equals(file.hash, hash)) {
                files.remove();
                return true;
            }
        }
        return false;
    }

    /// Tells what is otherwise in the files that are in force now.
    void taken(WorkspaceFiles before, WorkspaceFiles after) {
        try {
            SortedSet<String> paths = new TreeSet<>(before.texts().keySet());
            paths.addAll(after.texts().keySet());
            Map<String, Map<String, Integer>> pinsBefore = WorkspaceReader.pins(before);
            Map<String, Map<String, Integer>> pinsAfter = WorkspaceReader.pins(after);
            for (String path : paths) {
                String old = hash(before.texts().get(path));
                String now = hash(after.texts().get(path));
                if (!Objects.equals(old, now) && !wasAnnounced(path, now)) {
                    audit.record(path, what(path, old), subject(path), shown(old), shown(now));
                    pins(path, pinsBefore.getOrDefault(path, Map.of()), pinsAfter.getOrDefault(path, Map.of()));
                }
            }
        } catch (AuditFailedException e) {
            LOG.error("The changed workspace is in force, but could not be written into the audit journal.", e);
        }
    }

    private void pins(String path, Map<String, Integer> before, Map<String, Integer> after) {
        SortedSet<String> integrations = new TreeSet<>(before.keySet());
        integrations.addAll(after.keySet());
        for (String integration : integrations) {
            Integer old = before.get(integration);
            Integer now = after.get(integration);
            if (old == null || !old.equals(now)) {
                audit.record(
                        path,
                        Audited.REVISION_PINNED,
                        subject(path),
                        old == null ? null : integration + "/" + old,
                        now == null ? null : integration + "/" + now);
            }
        }
    }

    private static Audited what(String path, @Nullable String before) {
        if (path.startsWith(WorkspaceFiles.PIPELINES + "/")) {
            return before == null ? Audited.PIPELINE_CREATED : Audited.PIPELINE_CHANGED;
        }
        return before == null && path.startsWith(WorkspaceFiles.INTEGRATIONS + "/")
                ? Audited.REVISION_SAVED
                : Audited.FILE_CHANGED;
    }

    private static String subject(String path) {
        return path.startsWith(WorkspaceFiles.KITS) || path.equals(WorkspaceFiles.SETTINGS)
                ? path
                : path.substring(0, path.lastIndexOf('.'));
    }

    /// Tells which secrets were written; their values never.
    ///
    /// @param names of their files
    void secretsTaken(SortedSet<String> names) {
        try {
            for (String name : names) {
                String path = "secrets/" + name;
                if (!wasAnnounced(path, null)) {
                    audit.record("data/" + path, Audited.SECRET_CHANGED, path, null, null);
                }
            }
        } catch (AuditFailedException e) {
            LOG.error("Changed secrets are in force, but could not be written into the audit journal.", e);
        }
    }

    private static @Nullable String shown(@Nullable String hash) {
        return hash == null ? null : "sha256 " + hash.substring(0, HASH_SHOWN);
    }

    private static @Nullable String hash(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
