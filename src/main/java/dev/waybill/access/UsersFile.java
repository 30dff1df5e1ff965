package dev.waybill.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Nearest;
import dev.waybill.config.Problem;
import dev.waybill.config.Problem.Severity;
import dev.waybill.config.Problems;
import dev.waybill.config.Section;
import dev.waybill.config.YamlFile;
import dev.waybill.data.DurableFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/// `<data>/users.yaml`: who may sign in. Only its owner may read it. Safe for threads and processes: changes take a
/// lock beside the file.
///
/// @param path of the file; it need not exist, and then there are no users
public record UsersFile(Path path) {
    /// How people know the file.
    static final String NAME = "users.yaml";

    private static final long LONGEST = 4 << 20;

    private static final String HEAD = """
            # People who may sign in to the console. `waybill user` writes this file; docs/access.md says what each
            # role may do. A running server follows every change of it.
            users:
            """;

    /// What a file says.
    ///
    /// @param users by name; what is wrong is left out
    /// @param problems errors and warnings; with an error the users are not to be used
    public record Content(Map<String, User> users, List<Problem> problems) {
        public Content {
            users = Map.copyOf(users);
            problems = List.copyOf(problems);
        }

        boolean usable() {
            return problems.stream().noneMatch(problem -> problem.severity() == Severity.ERROR);
        }
    }

    /// The file of a data directory.
    public static UsersFile of(Path data) {
        return new UsersFile(data.resolve(NAME));
    }

    /// Reads the file. Whatever is wrong with it is a problem, not an exception.
    public Content read() {
        Problems problems = new Problems();
        Map<String, User> users = new TreeMap<>();
        try {
            if (Files.size(path) > LONGEST) {
                problems.add(whole("is longer than %d bytes".formatted(LONGEST)));
            } else {
                checkRights(problems);
                YamlFile.read(NAME, Files.readString(path), problems)
                        .ifPresent(root -> users(Section.of(root, problems), problems, users));
            }
        } catch (NoSuchFileException none) {
            return new Content(Map.of(), List.of());
        } catch (CharacterCodingException odd) {
            problems.add(whole("is not UTF-8"));
        } catch (IOException e) {
            problems.add(whole("can't be read (%s); check its rights".formatted(e)));
        }
        return new Content(users, problems.sorted());
    }

    private static Problem whole(String message) {
        return new Problem(Severity.ERROR, NAME, 0, "", message);
    }

    private void checkRights(Problems problems) throws IOException {
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(path);
        if (!PosixFilePermissions.fromString("rw-------").containsAll(rights)) {
            problems.add(new Problem(
                    Severity.WARNING,
                    NAME,
                    0,
                    "",
                    "its rights are %s; take them from everybody but the owner: chmod 600 %s"
                            .formatted(PosixFilePermissions.toString(rights), path)));
        }
    }

    private static void users(Section root, Problems problems, Map<String, User> users) {
        root.section("users")
                .entries()
                .forEach((name, node) -> user(name, node, problems).ifPresent(user -> users.put(name, user)));
        root.done();
    }

    private static Optional<User> user(String name, ConfigNode node, Problems problems) {
        Section section = Section.of(node, problems);
        if (!User.isName(name)) {
            problems.error(node, "'%s' is no name of a user; allowed: %s".formatted(name, User.NAME_FORM));
        }
        Optional<Role> role = section.required("role", "one of " + Role.all())
                .flatMap(word -> role(word, section.place("role"), problems));
        Optional<PasswordHash> password = section.required("password", "a hash that `waybill user password` writes")
                .flatMap(hash -> password(hash, section.place("password"), problems));
        section.done();
        return role.flatMap(known -> password.map(hash -> new User(name, known, hash)));
    }

    private static Optional<Role> role(String word, ConfigNode at, Problems problems) {
        Optional<Role> role = Role.of(word);
        if (role.isEmpty()) {
            problems.error(
                    at,
                    "found '%s'; allowed: %s.%s"
                            .formatted(
                                    word,
                                    Role.all(),
                                    Nearest.hint(
                                            word,
                                            Arrays.stream(Role.values())
                                                    .map(Role::text)
                                                    .toList())));
        }
        return role;
    }

    /// The text is not repeated: it may be a password that somebody wrote there.
    private static Optional<PasswordHash> password(String text, ConfigNode at, Problems problems) {
        if (PasswordHash.isOne(text)) {
            return Optional.of(new PasswordHash(text));
        }
        problems.error(
                at, "this is no bcrypt hash with a cost of 10 to 14 ($2b$12$…); let `waybill user password` write it");
        return Optional.empty();
    }

    /// Changes the users, durably before it returns. Both files stay their owner's, also when root changes them: the
    /// server must be able to read them.
    ///
    /// @param change is given the users by name, to change in place; what it throws leaves the file as it was
    /// @throws BrokenUsersException when the file has errors: it is not overwritten
    public void change(Consumer<Map<String, User>> change) throws IOException, BrokenUsersException {
        Path lock = path.resolveSibling(NAME + ".lock");
        UserPrincipal owner = Files.getOwner(Files.exists(path) ? path : path.resolveSibling("."));
        try (FileChannel channel = FileChannel.open(
                        lock,
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                FileLock _ = channel.lock()) {
            DurableFile.give(lock, owner);
            Content before = read();
            if (!before.usable()) {
                throw new BrokenUsersException(before.problems());
            }
            Map<String, User> users = new TreeMap<>(before.users());
            change.accept(users);
            DurableFile.write(path, text(users).getBytes(UTF_8), owner);
        }
    }

    private static String text(Map<String, User> users) {
        StringBuilder text = new StringBuilder(HEAD);
        users.values()
                .forEach(user -> text.append("  \"%s\": {role: %s, password: \"%s\"}\n"
                        .formatted(
                                user.name(), user.role().text(), user.password().text())));
        return text.toString();
    }
}
