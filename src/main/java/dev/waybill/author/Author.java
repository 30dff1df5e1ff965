package dev.waybill.author;

import dev.waybill.access.AuditJournal;
import dev.waybill.access.Caller;
import dev.waybill.config.Variables;
import dev.waybill.json.JsonObject;
import dev.waybill.workspace.AuditedFiles;
import dev.waybill.workspace.RunningWorkspace;
import dev.waybill.workspace.WorkspaceReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Writes files of the workspace. Every method but [#check] waits until the server has looked at what was written.
/// Safe for threads; one file is written at a time.
public final class Author {
    /// More than the 2 s in which a server takes changed files: lanes that are rebuilt may need a moment.
    public static final Duration USUAL_PATIENCE = Duration.ofSeconds(5);

    private final RevisionWriter revisions;
    private final PipelineWriter pipelines;

    /// What it works with.
    ///
    /// @param reader the one that reads what runs
    /// @param variables where that reader finds what references lead to
    /// @param secrets the directory of the secrets' values; made when absent
    /// @param numbers told of every workspace that was taken
    /// @param announced told of each file before it is written, so that the journal has it once, with its caller
    /// @param patience how long to wait until a file is in force
    public record Parts(
            RunningWorkspace running,
            WorkspaceReader reader,
            Variables variables,
            Path secrets,
            RevisionNumbers numbers,
            Disk disk,
            AuditJournal audit,
            AuditedFiles announced,
            Duration patience) {}

    public Author(Parts parts) {
        Desk desk = Desk.of(parts);
        this.revisions = new RevisionWriter(desk);
        this.pipelines = new PipelineWriter(desk);
    }

    /// Writes the first revision of an integration.
    ///
    /// @param sent its file as JSON, with `name`, and with `secrets`: values by parameter
    /// @throws Refused when nothing was written
    public Saved create(Caller who, JsonObject sent) {
        return revisions.create(who, sent);
    }

    /// Writes the next revision of an integration. A secret that is left out is that of the newest one.
    ///
    /// @param from the newest revision that the person has seen
    /// @throws Refused when nothing was written
    public Saved revise(Caller who, String name, JsonObject sent, EntityTag.Condition from) {
        return revisions.revise(who, name, sent, from);
    }

    /// What [#revise] would find; nothing is written.
    ///
    /// @throws Refused when there can be no integration of that name
    public List<Finding> check(Caller who, String name, JsonObject sent) {
        return revisions.check(who, name, sent);
    }

    /// Writes the file of a pipeline. One that is there is changed in place.
    ///
    /// @param sent its file as JSON; what is left out is taken out of the file
    /// @param from the file that the person has seen; without it, one is changed only while it is what runs
    /// @param confirmed whether to go on although the workspace's fixtures differ with the pinned revisions
    /// @throws Refused when nothing was written
    public Saved pipeline(Caller who, String name, JsonObject sent, EntityTag.Condition from, boolean confirmed) {
        return pipelines.put(who, name, sent, from, confirmed);
    }
}
