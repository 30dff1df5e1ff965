package dev.waybill.author;

import dev.waybill.access.AuditFailedException;
import dev.waybill.access.AuditJournal;
import dev.waybill.access.Audited;
import dev.waybill.access.Caller;
import dev.waybill.config.Nearest;
import dev.waybill.config.Problem;
import dev.waybill.config.Problems;
import dev.waybill.config.Variables;
import dev.waybill.workspace.AuditedFiles;
import dev.waybill.workspace.RunningWorkspace;
import dev.waybill.workspace.WorkspaceFiles;
import dev.waybill.workspace.WorkspaceReader;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What all writing needs. Safe for threads; the map of saves is guarded by the lock.
///
/// @param reader the one that reads what runs
/// @param variables where references lead
/// @param secrets the directory of the secrets' values
/// @param audit told of every change before it is made
/// @param announced told of each file before it is written
/// @param patience how long to wait until a file is in force
/// @param writing held while a file is looked at and written
/// @param saves who wrote which text last, by path
record Desk(
        RunningWorkspace running,
        WorkspaceReader reader,
        Variables variables,
        Path secrets,
        RevisionNumbers numbers,
        Disk disk,
        AuditJournal audit,
        AuditedFiles announced,
        Duration patience,
        ReentrantLock writing,
        Map<String, Save> saves) {
    /// One save through here.
    record Save(String who, String etag) {}

    static Desk of(Author.Parts parts) {
        return new Desk(
                parts.running(),
                parts.reader(),
                parts.variables(),
                parts.secrets(),
                parts.numbers(),
                parts.disk(),
                parts.audit(),
                parts.announced(),
                parts.patience(),
                new ReentrantLock(),
                new HashMap<>());
    }

    WorkspaceFiles onDisk(Problems problems) {
        return WorkspaceFiles.read(running.directory(), problems);
    }

    /// @throws Refused when no file can have that name
    static void name(String what, String name) {
        if (!WorkspaceFiles.isName(name)) {
            String shown = name.length() > 80 ? name.substring(0, 80) + "…" : name;
            throw new Refused(
                    Refused.Reason.BAD_NAME,
                    "found '%s' as the name of %s; allowed: letters, digits, - and _, at most 64"
                            .formatted(shown.replaceAll("\\p{C}", "?"), what));
        }
    }

    static Refused unknown(String what, String name, Collection<String> known) {
        return new Refused(
                Refused.Reason.NOT_FOUND,
                "there is no %s '%s'; known: %s.%s"
                        .formatted(
                                what,
                                name,
                                known.isEmpty() ? "none yet" : String.join(", ", known),
                                Nearest.hint(name, known)));
    }

    /// Who wrote a file last and when, as far as that is known: `by ana at 2026-11-25T08:00:00Z`.
    String lastWritten(String path, String text) {
        Save save = saves.get(path);
        String who = save != null && save.etag().equals(EntityTag.of(text)) ? "by " + save.who() : "by hand";
        try {
            Instant at = Files.getLastModifiedTime(running.directory().resolve(path))
                    .toInstant()
                    .truncatedTo(ChronoUnit.SECONDS);
            return who + " at " + at;
        } catch (IOException e) {
            return who;
        }
    }

    void remember(Caller who, String path, String text) {
        saves.put(path, new Save(who.name(), EntityTag.of(text)));
    }

    /// Whether a file may be put at that path, as far as the system tells beforehand.
    boolean isWritable(String path) {
        Path directory = running.directory().resolve(path).getParent();
        while (directory != null && !directory.equals(running.directory()) && !Files.exists(directory)) {
            directory = directory.getParent();
        }
        return directory != null && disk.isWritable(directory);
    }

    static Refused readOnly(Refused.Draft draft, @Nullable Exception failure) {
        boolean rights = failure == null
                || failure instanceof AccessDeniedException
                || failure instanceof ReadOnlyFileSystemException;
        return Refused.with(
                Refused.Reason.READ_ONLY,
                "the workspace can't be written by the server (%s); put this text into %s where the workspace comes from, or %s"
                        .formatted(
                                why(failure),
                                draft.path(),
                                rights ? "give the server's user the right to write" : "mend that and save again"),
                draft);
    }

    static String why(@Nullable Exception failure) {
        return switch (failure) {
            case null -> "access denied";
            case AccessDeniedException _ -> "access denied";
            case ReadOnlyFileSystemException _ -> "read-only file system";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> failure.getMessage() == null ? failure.toString() : failure.getMessage();
        };
    }

    /// Tells the journal that what it was told just before was not done.
    void notWritten(Caller who, String subject, String why) {
        try {
            audit.record(who.name(), Audited.NOT_WRITTEN, subject, null, why);
        } catch (AuditFailedException e) {
            // The log has it. Whoever asked is told why nothing was written, which is what they can mend.
        }
    }

    /// Waits until the server has looked at what was written, and adds to the warnings why it doesn't run.
    ///
    /// @return whether it runs
    boolean inForce(String path, String text, List<Finding> warnings) {
        boolean looked;
        try {
            looked = running.awaitLook(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            looked = false;
        }
        if (text.equals(running.files().texts().get(path))) {
            return true;
        }
        List<String> errors = running.problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .limit(3)
                .map(Problem::toString)
                .toList();
        warnings.add(Finding.warning(
                "",
                !looked
                        ? "the file is written; the server has not taken it yet"
                        : errors.isEmpty()
                                ? "the file is written, and was changed again before the server took it"
                                : "the file is written; the server takes nothing before these are gone: "
                                        + String.join("; ", errors)));
        return false;
    }

    /// The findings of a file among a workspace's problems, and the errors elsewhere that it brings.
    ///
    /// @param before the problems without it
    /// @param elsewhere where in the file an error elsewhere comes from
    static List<Finding> findings(
            String path, List<Problem> before, List<Problem> after, Pointers pointers, Elsewhere elsewhere) {
        List<Finding> findings = new ArrayList<>();
        for (Problem problem : after) {
            if (problem.file().equals(path)) {
                findings.add(pointers.finding(problem));
            } else if (problem.severity() == Problem.Severity.ERROR && isNew(problem, before)) {
                findings.add(Finding.error(
                        elsewhere.pointer(problem),
                        problem.file() + (problem.path().isEmpty() ? "" : ": " + problem.path()) + ": "
                                + problem.message()));
            }
        }
        return findings;
    }

    private static boolean isNew(Problem problem, List<Problem> before) {
        return before.stream()
                .noneMatch(one -> one.file().equals(problem.file())
                        && Objects.equals(one.path(), problem.path())
                        && one.message().equals(problem.message()));
    }

    interface Elsewhere {
        String pointer(Problem problem);
    }
}
