package dev.waybill.access;

import dev.waybill.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The users that the file names, as it is at the moment of asking: a person who was removed is a stranger with the
/// next request. While the file is broken, those of before count. Safe for threads.
public final class People {
    private static final Logger LOG = LoggerFactory.getLogger(People.class);

    private final UsersFile file;
    private final UserChanges changes;
    private volatile Seen seen;

    /// @param stamp of the file when it was read
    private record Seen(@Nullable String stamp, Map<String, User> users, List<Problem> problems) {}

    /// Reads the file and writes into the audit journal what changed in it since a server last looked.
    ///
    /// @throws IOException when what a server saw can't be read or kept
    public static People open(UsersFile file, AuditJournal audit) throws IOException {
        UserChanges changes = UserChanges.open(file.path(), audit);
        return new People(file, changes);
    }

    private People(UsersFile file, UserChanges changes) {
        this.file = file;
        this.changes = changes;
        this.seen = read(new Seen(null, Map.of(), List.of()));
    }

    /// The user of that name.
    public Optional<User> find(String name) {
        return Optional.ofNullable(current().users().get(name));
    }

    /// All users, by name.
    public List<User> all() {
        return List.copyOf(new TreeMap<>(current().users()).values());
    }

    /// What is wrong with the file as it is now; with an error among it, the users of before count.
    public List<Problem> problems() {
        return current().problems();
    }

    /// Looks at the file now; done by every question too.
    public void refresh() {
        current();
    }

    private Seen current() {
        Seen known = seen;
        if (Objects.equals(known.stamp(), stamp())) {
            return known;
        }
        synchronized (this) {
            if (!Objects.equals(seen.stamp(), stamp())) {
                seen = read(seen);
            }
            return seen;
        }
    }

    /// The stamp is taken before reading: what is written meanwhile is read again with the next question.
    private Seen read(Seen before) {
        String stamp = stamp();
        UsersFile.Content content = file.read();
        if (!content.problems().equals(before.problems())) {
            content.problems().forEach(problem -> LOG.warn("{}", problem));
        }
        if (!content.usable()) {
            LOG.error(
                    "{} can't be used; {}.",
                    file.path(),
                    before.users().isEmpty()
                            ? "nobody can sign in by name until it is mended"
                            : "the users of before stay until it is mended");
            return new Seen(stamp, before.users(), content.problems());
        }
        changes.taken(content.users());
        return new Seen(stamp, content.users(), content.problems());
    }

    private String stamp() {
        try {
            BasicFileAttributes found = Files.readAttributes(file.path(), BasicFileAttributes.class);
            return found.lastModifiedTime().toInstant() + " " + found.size() + " " + found.fileKey();
        } catch (IOException e) {
            return "none";
        }
    }
}
