package dev.waybill.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.data.DurableFile;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/// Writes into the audit journal what changed in the file of the users, also while no server ran: what was seen last
/// lies beside it, as `users.seen`, with a hash of each password's hash. Belongs to one thread at a time.
final class UserChanges {
    /// How the journal names the file; no user can have such a name.
    static final String WHO = "data/" + UsersFile.NAME;

    private static final Logger LOG = LoggerFactory.getLogger(UserChanges.class);

    private final Path kept;
    private final AuditJournal audit;
    private Map<String, Known> known;

    private record Known(String role, String password) {
        static Known of(User user) {
            return new Known(
                    user.role().text(), Digest.sha256(user.password().text()).substring(0, 16));
        }
    }

    private UserChanges(Path kept, AuditJournal audit, Map<String, Known> known) {
        this.kept = kept;
        this.audit = audit;
        this.known = known;
    }

    static UserChanges open(Path usersFile, AuditJournal audit) throws IOException {
        Path kept = usersFile.resolveSibling("users.seen");
        return new UserChanges(kept, audit, Files.exists(kept) ? read(Files.readString(kept)) : Map.of());
    }

    /// What can't be read counts as nothing seen: then every user is told of once more.
    private static Map<String, Known> read(String text) {
        Map<String, Known> known = new TreeMap<>();
        try {
            if (JsonText.read(text) instanceof JsonObject json) {
                for (Map.Entry<String, Json> entry : json) {
                    if (entry.getValue() instanceof JsonObject user) {
                        known.put(
                                entry.getKey(),
                                new Known(String.valueOf(user.text("role")), String.valueOf(user.text("password"))));
                    }
                }
            }
        } catch (JacksonException odd) {
            LOG.warn("users.seen can't be read; the audit journal will tell of every user once more.");
        }
        return known;
    }

    /// Tells of what is new since the last call.
    void taken(Map<String, User> users) {
        Map<String, Known> now = new TreeMap<>();
        users.forEach((name, user) -> now.put(name, Known.of(user)));
        if (now.equals(known)) {
            return;
        }
        try {
            TreeSet<String> names = new TreeSet<>(known.keySet());
            names.addAll(now.keySet());
            names.forEach(name -> tell(name, known.get(name), now.get(name)));
            DurableFile.write(kept, JsonText.write(json(now)).getBytes(UTF_8));
        } catch (IOException | AuditFailedException e) {
            // A removed person must be out at once, whatever the disk does.
            LOG.error("A change of {} is in force, but could not be written down.", UsersFile.NAME, e);
        }
        known = now;
    }

    private void tell(String name, @Nullable Known before, @Nullable Known after) {
        String subject = "users/" + name;
        if (before == null && after != null) {
            audit.record(WHO, Audited.USER_ADDED, subject, null, after.role());
        } else if (before != null && after == null) {
            audit.record(WHO, Audited.USER_REMOVED, subject, before.role(), null);
        } else if (before != null && after != null) {
            if (!before.role().equals(after.role())) {
                audit.record(WHO, Audited.ROLE_CHANGED, subject, before.role(), after.role());
            }
            if (!before.password().equals(after.password())) {
                audit.record(WHO, Audited.PASSWORD_CHANGED, subject, null, null);
            }
        }
    }

    private static JsonObject json(Map<String, Known> users) {
        JsonObject.Builder json = JsonObject.builder();
        users.forEach((name, user) -> json.put(
                name,
                JsonObject.builder()
                        .put("role", user.role())
                        .put("password", user.password())
                        .build()));
        return json.build();
    }
}
