package dev.waybill.author;

import dev.waybill.data.DurableFile;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/// The highest number that a revision of each integration ever had, so that none is given twice, not even when its
/// file is gone: outcomes and the audit journal name revisions by number. Kept in one file of the data directory.
/// Safe for threads.
public final class RevisionNumbers {
    private static final Logger LOG = LoggerFactory.getLogger(RevisionNumbers.class);

    private final Path file;
    private final Map<String, Integer> highest = new TreeMap<>();

    private RevisionNumbers(Path file) {
        this.file = file;
    }

    /// Reads what was noted. A file that can't be read counts as none, with a line in the log.
    public static RevisionNumbers open(Path file) {
        RevisionNumbers numbers = new RevisionNumbers(file);
        if (Files.exists(file)) {
            try {
                numbers.read(JsonText.read(Files.readAllBytes(file)));
            } catch (IOException | JacksonException | NumberFormatException e) {
                LOG.warn("{} can't be read ({}); numbers of deleted revisions may be given again.", file, e.toString());
            }
        }
        return numbers;
    }

    private void read(Json noted) {
        if (noted instanceof JsonObject object) {
            for (Map.Entry<String, Json> entry : object) {
                if (entry.getValue() instanceof Json.Num(String literal)) {
                    highest.put(entry.getKey(), Integer.parseInt(literal));
                }
            }
        }
    }

    /// Notes the revisions of a workspace that was taken.
    public synchronized void note(Workspace workspace) {
        boolean changed = false;
        for (Workspace.RevisionKey key : workspace.integrations().keySet()) {
            changed |= raise(key.integration(), key.revision());
        }
        if (changed) {
            try {
                write();
            } catch (IOException e) {
                LOG.warn("{} can't be written: {}.", file, e.toString());
            }
        }
    }

    private boolean raise(String integration, int revision) {
        Integer before = highest.get(integration);
        if (before == null || before < revision) {
            highest.put(integration, revision);
            return true;
        }
        return false;
    }

    /// 0 when there was none.
    synchronized int highest(String integration) {
        return highest.getOrDefault(integration, 0);
    }

    /// Gives a number away; returns when that is durable.
    synchronized void reserve(String integration, int revision) throws IOException {
        if (raise(integration, revision)) {
            write();
        }
    }

    private void write() throws IOException {
        JsonObject.Builder all = JsonObject.builder();
        highest.forEach(all::put);
        DurableFile.write(file, JsonText.bytes(all.build()));
    }
}
