package dev.waybill.cli;

import dev.waybill.access.BrokenUsersException;
import dev.waybill.access.PasswordHash;
import dev.waybill.access.Role;
import dev.waybill.access.User;
import dev.waybill.access.UsersFile;
import dev.waybill.config.Nearest;
import dev.waybill.config.Problem;
import dev.waybill.json.PlainText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `waybill user`: who may sign in to the console. It changes `users.yaml` in the data directory, with or without a
/// running server, which follows the file.
@Command(
        name = "user",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(add | password | list | remove)",
        description = "Says who may sign in to the console, and as what. Works with and without a running server, which"
                + " follows at once: whoever is removed or gets another role or password is signed out.",
        footer = {
            "",
            "A password is asked for at the terminal, or read as one line from standard input:",
            "  waybill user add ann --role editor --data data < password-file"
        })
public final class UserCommand implements Runnable {
    private final PasswordSource passwords;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public UserCommand() {
        this(PasswordSource.USUAL);
    }

    UserCommand(PasswordSource passwords) {
        this.passwords = passwords;
    }

    /// The data directory of every subcommand.
    static final class Data {
        @Option(names = "--data", paramLabel = "DIR", required = true, description = "The server's data directory.")
        private Path dir = Path.of("data");

        private UsersFile file() {
            if (!Files.isDirectory(dir)) {
                throw new CannotRunException(
                        "There is no directory %s; give a server's data directory with --data.".formatted(dir));
            }
            return UsersFile.of(dir);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: add, password, list or remove");
    }

    private CommandLine subcommand(String name) {
        CommandLine line = spec.subcommands().get(name);
        return line == null ? spec.commandLine() : line;
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Lets somebody sign in. With the name of one who can already, changes the role and the"
                    + " password.")
    int add(
            @Parameters(paramLabel = "NAME", description = "The name, such as ann or ann@example.com.") String name,
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            required = true,
                            description = "admin, editor (edits, can't pin), deployer (pins, can't edit) or viewer"
                                    + " (looks, with identifiers masked).")
                    String role,
            @Mixin Data data)
            throws IOException {
        CommandLine line = subcommand("add");
        if (!User.isName(name)) {
            throw new ParameterException(
                    line,
                    "'%s' is no name of a user; allowed: %s".formatted(PlainText.harmless(name, 80), User.NAME_FORM));
        }
        Role known = Role.of(role)
                .orElseThrow(() -> new ParameterException(
                        line,
                        "--role is '%s'; allowed: %s.%s"
                                .formatted(
                                        PlainText.harmless(role, 40),
                                        Role.all(),
                                        Nearest.hint(
                                                role,
                                                Arrays.stream(Role.values())
                                                        .map(Role::text)
                                                        .toList()))));
        UsersFile file = data.file();
        PasswordHash hash = hash(line);
        change(file, users -> users.put(name, new User(name, known, hash)));
        line.getOut().println("%s may sign in as %s.".formatted(name, known.text()));
        return CommandLine.ExitCode.OK;
    }

    @Command(
            name = "password",
            mixinStandardHelpOptions = true,
            description = "Sets a new password; signs out whoever used the old one.")
    int password(
            @Parameters(paramLabel = "NAME", description = "A name that list shows.") String name, @Mixin Data data)
            throws IOException {
        CommandLine line = subcommand("password");
        UsersFile file = data.file();
        require(line, name, read(file));
        PasswordHash hash = hash(line);
        change(
                file,
                users -> users.put(
                        name, new User(name, require(line, name, users).role(), hash)));
        line.getOut().println("%s has a new password.".formatted(name));
        return CommandLine.ExitCode.OK;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists who may sign in, by name.")
    int list(@Mixin Data data) {
        PrintWriter out = subcommand("list").getOut();
        Map<String, User> users = read(data.file());
        if (users.isEmpty()) {
            subcommand("list").getErr().println("waybill: nobody yet; the admin token alone opens the console.");
        }
        users.values()
                .forEach(user -> out.println(
                        "%-24s %s".formatted(user.name(), user.role().text())));
        return CommandLine.ExitCode.OK;
    }

    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Lets somebody sign in no more.")
    int remove(@Parameters(paramLabel = "NAME", description = "A name that list shows.") String name, @Mixin Data data)
            throws IOException {
        CommandLine line = subcommand("remove");
        change(data.file(), users -> {
            require(line, name, users);
            users.remove(name);
        });
        line.getOut().println("%s can't sign in any more.".formatted(name));
        return CommandLine.ExitCode.OK;
    }

    private PasswordHash hash(CommandLine line) throws IOException {
        String password = passwords.read();
        Optional<String> problem = PasswordHash.problem(password);
        if (problem.isPresent()) {
            throw new ParameterException(line, problem.get());
        }
        return PasswordHash.of(password);
    }

    private static User require(CommandLine line, String name, Map<String, User> users) {
        User user = users.get(name);
        if (user == null) {
            throw unknown(line, name, users.keySet());
        }
        return user;
    }

    private static ParameterException unknown(CommandLine line, String name, Collection<String> known) {
        return new ParameterException(
                line,
                "there is no user '%s'; there are: %s.%s"
                        .formatted(
                                PlainText.harmless(name, 80),
                                known.isEmpty() ? "(none)" : String.join(", ", known),
                                Nearest.hint(name, known)));
    }

    private static Map<String, User> read(UsersFile file) {
        UsersFile.Content content = file.read();
        for (Problem problem : content.problems()) {
            if (problem.severity() == Problem.Severity.ERROR) {
                throw broken(
                        file, content.problems().stream().map(Problem::toString).toList());
            }
        }
        return new TreeMap<>(content.users());
    }

    private static void change(UsersFile file, Consumer<Map<String, User>> change) throws IOException {
        try {
            file.change(change);
        } catch (BrokenUsersException e) {
            throw broken(file, List.of(String.valueOf(e.getMessage())));
        }
    }

    private static CannotRunException broken(UsersFile file, Collection<String> problems) {
        return new CannotRunException("%s can't be used and is left as it is; mend it: %s"
                .formatted(file.path(), String.join("; ", problems)));
    }
}
