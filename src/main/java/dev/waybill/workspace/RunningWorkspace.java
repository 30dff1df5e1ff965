package dev.waybill.workspace;

import dev.waybill.config.Problem;
import dev.waybill.config.Problem.Severity;
import dev.waybill.config.Problems;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The workspace that a server runs. It follows the files: changed ones are taken when they have been still for one
/// look and are without errors, else nothing that runs changes. What the server wrote itself was put there whole and
/// need not be still. Every workspace taken is kept as the last good one.
///
/// Threads: [#current()] and [#problems()] may be read by any thread; listeners are called by the one that polls.
public final class RunningWorkspace implements AutoCloseable {
    /// Twice this, for a change to be seen and to be still, is below the promised 2 s.
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private static final Duration CLOSING = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(RunningWorkspace.class);

    private final Path dir;
    private final Path secrets;
    private final WorkspaceReader reader;
    private final SavedWorkspace saved;
    private final Settings started;
    private final List<Consumer<Workspace>> listeners = new CopyOnWriteArrayList<>();

    /// What ran before this server started.
    private final WorkspaceFiles before;

    private @Nullable AuditedFiles audited;
    private volatile WorkspaceFiles running;
    private DirectoryStamp takenFiles;
    private DirectoryStamp takenSecrets;
    private DirectoryStamp seenFiles;
    /// The secrets that were written and are not in force yet.
    private final SortedSet<String> newSecrets = new TreeSet<>();
    private volatile Workspace current;
    private volatile List<Problem> problems;
    private volatile @Nullable Thread watcher;
    private volatile long lookedAt = System.nanoTime();
    private final Object looked = new Object();
    /// Whether somebody waits for a look; guarded by `looked`.
    private boolean wanted;

    private RunningWorkspace(
            Path dir,
            Path data,
            WorkspaceReader reader,
            DirectoryStamp files,
            DirectoryStamp secretFiles,
            Start start) {
        this.dir = dir;
        this.secrets = secrets(data);
        this.reader = reader;
        this.saved = new SavedWorkspace(data);
        this.before = start.before;
        this.takenFiles = files;
        this.seenFiles = files;
        this.takenSecrets = secretFiles;
        this.running = start.files;
        this.current = start.workspace;
        this.problems = start.problems;
        this.started = start.workspace.settings();
    }

    /// @param before what ran last; the same as the files when nothing did
    private record Start(WorkspaceFiles files, Workspace workspace, List<Problem> problems, WorkspaceFiles before) {}

    /// Where the secrets of a data directory lie.
    public static Path secrets(Path data) {
        return data.resolve("secrets");
    }

    /// Reads the workspace, or else the last good one.
    ///
    /// @param dir the workspace
    /// @param data the server's data directory; it exists
    /// @throws BrokenWorkspaceException when neither can be used
    public static RunningWorkspace open(Path dir, Path data, WorkspaceReader reader) throws BrokenWorkspaceException {
        DirectoryStamp files = DirectoryStamp.ofWorkspace(dir);
        DirectoryStamp secretFiles = DirectoryStamp.ofDirectory(secrets(data));
        Start start = start(dir, new SavedWorkspace(data), reader);
        RunningWorkspace opened = new RunningWorkspace(dir, data, reader, files, secretFiles, start);
        opened.save(start.files);
        return opened;
    }

    private static Start start(Path dir, SavedWorkspace saved, WorkspaceReader reader) throws BrokenWorkspaceException {
        Problems found = new Problems();
        WorkspaceFiles onDisk = WorkspaceFiles.read(dir, found);
        Optional<WorkspaceFiles> lastGood = saved.load(found);
        PinnedRevisions held = PinnedRevisions.hold(onDisk, lastGood.orElse(onDisk));
        Optional<Workspace> read = reader.read(held.files(), found);
        boolean usable = !found.hasErrors();
        held.problems().forEach(found::add);
        if (read.isPresent() && usable) {
            report(found.sorted());
            return new Start(held.files(), read.get(), found.sorted(), lastGood.orElse(held.files()));
        }
        Optional<Workspace> before = lastGood.flatMap(files -> reader.read(files, new Problems()));
        if (lastGood.isEmpty() || before.isEmpty()) {
            throw new BrokenWorkspaceException(found.sorted());
        }
        report(found.sorted());
        LOG.error("The workspace {} can't be used; the server starts with the last good one.", dir);
        return new Start(lastGood.get(), before.get(), found.sorted(), lastGood.get());
    }

    public Workspace current() {
        return current;
    }

    /// The directory that it follows.
    public Path directory() {
        return dir;
    }

    /// The texts in force: with those of pinned revisions that were changed all the same as they were pinned.
    public WorkspaceFiles files() {
        return running;
    }

    /// What would be in force if these files were on disk.
    ///
    /// @param problems receives what is wrong or doubtful with them
    /// @return empty when nothing that runs would change
    public Optional<Workspace> wouldBe(WorkspaceFiles onDisk, WorkspaceReader by, Problems problems) {
        Problems found = new Problems();
        PinnedRevisions held = PinnedRevisions.hold(onDisk, running);
        Optional<Workspace> read = by.read(held.files(), found);
        boolean usable = !found.hasErrors();
        held.problems().forEach(found::add);
        found.sorted().forEach(problems::add);
        return usable ? read : Optional.empty();
    }

    /// Waits until a change that is on disk now was looked at and, if it could be, put in force. Looks at once.
    ///
    /// @return false when that took longer; a server that doesn't follow its files never gets there
    public boolean awaitLook(Duration atMost) throws InterruptedException {
        long now = System.nanoTime();
        long end = now + atMost.toNanos();
        synchronized (looked) {
            wanted = true;
            looked.notifyAll();
            while (lookedAt - now < 0) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return false;
                }
                looked.wait(left);
            }
        }
        return true;
    }

    /// What is wrong or doubtful with the files as they are on disk now, whatever runs.
    public List<Problem> problems() {
        return problems;
    }

    /// Asks to be told of each workspace that is taken from now on. What a listener throws is logged.
    public void onChange(Consumer<Workspace> listener) {
        listeners.add(listener);
    }

    /// From now on tells of each change that is in force; at once of those that were made while no server ran.
    public synchronized void audit(AuditedFiles told) {
        audited = told;
        told.taken(before, running);
    }

    /// Begins to follow the files, in a thread of its own.
    public synchronized void start() {
        watcher = Thread.ofPlatform().daemon().name("workspace").start(this::follow);
    }

    private void follow() {
        try {
            while (true) {
                awaitNext();
                try {
                    poll();
                } catch (RuntimeException e) {
                    LOG.error("Looking at the workspace failed; it goes on with the next look.", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitNext() throws InterruptedException {
        long end = System.nanoTime() + INTERVAL.toNanos();
        synchronized (looked) {
            while (!wanted) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return;
                }
                looked.wait(left);
            }
            wanted = false;
        }
    }

    /// Looks once: takes what changed before the look before this one and was still since, or is the server's own.
    public synchronized void poll() {
        long began = System.nanoTime();
        if (look()) {
            synchronized (looked) {
                lookedAt = began;
                looked.notifyAll();
            }
        }
    }

    /// Whether everything on disk was looked at.
    private boolean look() {
        AuditedFiles told = audited;
        List<AuditedFiles.Announced> written = told == null ? List.of() : told.written();
        DirectoryStamp files = DirectoryStamp.ofWorkspace(dir);
        DirectoryStamp secretFiles = DirectoryStamp.ofDirectory(secrets);
        boolean changed = !files.equals(takenFiles) || !secretFiles.equals(takenSecrets);
        boolean still = files.equals(seenFiles) || isOwn(takenFiles.differing(files), written);
        seenFiles = files;
        if (changed && still) {
            takenSecrets.differing(secretFiles).stream()
                    .filter(path -> secrets.equals(path.getParent()))
                    .forEach(path -> newSecrets.add(path.getFileName().toString()));
            takenFiles = files;
            takenSecrets = secretFiles;
            if (take() && told != null) {
                told.forget(written);
            }
        }
        return !changed || still;
    }

    /// Whether nothing but these files and the directories above them is otherwise.
    private boolean isOwn(Collection<Path> differing, List<AuditedFiles.Announced> written) {
        List<Path> own = written.stream().map(file -> dir.resolve(file.path())).toList();
        return differing.stream().allMatch(path -> own.stream().anyMatch(file -> file.startsWith(path)));
    }

    /// Whether what is on disk is in force now.
    private boolean take() {
        Problems found = new Problems();
        PinnedRevisions held = PinnedRevisions.hold(WorkspaceFiles.read(dir, found), running);
        Optional<Workspace> read = reader.read(held.files(), found);
        boolean usable = !found.hasErrors();
        held.problems().forEach(found::add);
        List<Problem> before = problems;
        problems = found.sorted();
        if (!problems.equals(before)) {
            report(problems);
        }
        if (read.isEmpty() || !usable) {
            LOG.error("The changed workspace {} can't be used; nothing that runs was changed.", dir);
            return false;
        }
        if (!newSecrets.isEmpty() || !held.files().equals(running)) {
            WorkspaceFiles old = running;
            replace(held.files(), read.get());
            audit(old);
            newSecrets.clear();
        }
        return true;
    }

    private void audit(WorkspaceFiles old) {
        AuditedFiles told = audited;
        if (told != null) {
            told.taken(old, running);
            told.secretsTaken(newSecrets);
        }
    }

    private void replace(WorkspaceFiles files, Workspace workspace) {
        save(files);
        running = files;
        current = workspace;
        LOG.info(
                "The changed workspace was taken: {} pipelines, {} revisions of integrations.",
                workspace.pipelines().size(),
                workspace.integrations().size());
        List<String> later = RestartSettings.changed(started, workspace.settings());
        if (!later.isEmpty()) {
            LOG.warn("These changed settings take effect at the next start: {}.", String.join(", ", later));
        }
        for (Consumer<Workspace> listener : listeners) {
            try {
                listener.accept(workspace);
            } catch (RuntimeException e) {
                LOG.error("A part of the server failed to follow the changed workspace.", e);
            }
        }
    }

    private void save(WorkspaceFiles files) {
        try {
            saved.save(files);
        } catch (IOException e) {
            LOG.error("The workspace runs, but could not be kept for a restart: {}.", e.toString());
        }
    }

    private static void report(List<Problem> problems) {
        for (Problem problem : problems) {
            if (problem.severity() == Severity.ERROR) {
                LOG.error("Workspace: {}", problem);
            } else {
                LOG.warn("Workspace: {}", problem);
            }
        }
    }

    /// Stops following the files; what runs stays. Breaks off a change that is being put in force: a stop must not wait
    /// for it.
    @Override
    public void close() {
        Thread following = watcher;
        if (following == null) {
            return;
        }
        following.interrupt();
        try {
            following.join(CLOSING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
