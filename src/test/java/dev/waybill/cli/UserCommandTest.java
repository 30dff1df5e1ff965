package dev.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class UserCommandTest {
    private static final String PASSWORD = "correct horse battery";

    @TempDir
    Path data;

    private String typed = PASSWORD;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return new CommandLine(new UserCommand(() -> PasswordSource.line(new BufferedReader(new StringReader(typed)))))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((failure, line, _) -> {
                    line.getErr().println(failure.getMessage());
                    return failure instanceof CannotRunException ? 3 : 70;
                })
                .execute(arguments);
    }

    private String file() throws IOException {
        return Files.readString(data.resolve("users.yaml"));
    }

    @Test
    void root_who_changes_the_users_leaves_them_to_the_servers_user() throws IOException {
        assumeTrue("root".equals(Files.getOwner(data).getName()), "only root may give files away");
        UserPrincipal server =
                data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Files.setOwner(data, server);
        assertThat(run("add", "bob", "--role", "viewer", "--data", data.toString()))
                .isZero();
        assertThat(run("remove", "bob", "--data", data.toString())).isZero();
        assertThat(Files.getOwner(data.resolve("users.yaml"))).isEqualTo(server);
        assertThat(Files.getOwner(data.resolve("users.yaml.lock"))).isEqualTo(server);
    }

    @Test
    void people_are_added_listed_changed_and_removed() throws IOException {
        assertThat(run("list", "--data", data.toString())).isZero();
        assertThat(err.toString()).contains("nobody yet; the admin token alone opens the console");
        assertThat(run("add", "zoe@example.com", "--role", "viewer", "--data", data.toString()))
                .isZero();
        typed = PASSWORD + "\r\nnot this line\n";
        assertThat(run("add", "ann", "--role", "editor", "--data", data.toString()))
                .isZero();
        assertThat(out.toString()).contains("zoe@example.com may sign in as viewer.", "ann may sign in as editor.");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("users.yaml"))))
                .isEqualTo("rw-------");
        String before = file();
        assertThat(before)
                .contains("\"ann\": {role: editor, password: \"$2b$12$")
                .doesNotContain(PASSWORD);

        out.getBuffer().setLength(0);
        assertThat(run("list", "--data", data.toString())).isZero();
        assertThat(out.toString().lines())
                .containsExactly("ann                      editor", "zoe@example.com          viewer");

        typed = "another long password";
        assertThat(run("password", "ann", "--data", data.toString())).isZero();
        assertThat(file()).isNotEqualTo(before).contains("\"ann\": {role: editor");
        assertThat(run("remove", "ann", "--data", data.toString())).isZero();
        assertThat(file()).doesNotContain("ann").contains("zoe@example.com");
    }

    @Test
    void what_is_wrong_is_told_and_nothing_is_changed() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("say what to do: add, password, list or remove");
        assertThat(run("add", "Ann Smith", "--role", "viewer", "--data", data.toString()))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "'Ann Smith' is no name of a user; allowed: 1 to 64 lower-case letters, digits and . _ @ + -");
        assertThat(run("add", "ann", "--role", "editr", "--data", data.toString()))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("--role is 'editr'; allowed: admin, editor, deployer, viewer. Did you mean 'editor'?");
        typed = "too short\n";
        assertThat(run("add", "ann", "--role", "editor", "--data", data.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("the password has 9 characters; 12 to 200 are allowed");
        typed = "\n";
        assertThat(run("add", "ann", "--role", "editor", "--data", data.toString()))
                .isEqualTo(3);
        assertThat(err.toString()).contains("There is no password on standard input");
        assertThat(run("remove", "ann", "--data", data.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("there is no user 'ann'; there are: (none).");
        assertThat(run("list", "--data", data.resolve("none").toString())).isEqualTo(3);
        assertThat(err.toString()).contains("There is no directory " + data.resolve("none"));
        assertThat(data.resolve("users.yaml")).doesNotExist();
    }

    @Test
    void a_password_is_no_argument() {
        assertThat(run("add", "ann", "--role", "viewer", "--password", "x", "--data", data.toString()))
                .isEqualTo(2);
        assertThat(run("password", "ann", PASSWORD, "--data", data.toString())).isEqualTo(2);
        assertThat(data.resolve("users.yaml")).doesNotExist();
    }

    @Test
    void a_broken_file_is_not_overwritten() throws IOException {
        String broken = "users:\n  ann: {role: edtor, password: " + PASSWORD + "}\n  'B ob': {}\n";
        Files.writeString(data.resolve("users.yaml"), broken);
        assertThat(run("add", "zoe", "--role", "viewer", "--data", data.toString()))
                .isEqualTo(3);
        assertThat(run("list", "--data", data.toString())).isEqualTo(3);
        assertThat(err.toString())
                .contains(
                        "users.yaml can't be used and is left as it is; mend it: ",
                        "users.yaml:2: users.ann.role: found 'edtor'; allowed: admin, editor, deployer, viewer. Did you"
                                + " mean 'editor'?",
                        "this is no bcrypt hash",
                        "'B ob' is no name of a user")
                .doesNotContain(PASSWORD);
        assertThat(file()).isEqualTo(broken);
    }

    @Test
    void the_first_line_counts_and_an_endless_one_is_cut() throws IOException {
        assertThat(PasswordSource.line(new BufferedReader(new StringReader("a\nb"))))
                .isEqualTo("a");
        assertThat(PasswordSource.line(new BufferedReader(new StringReader("x".repeat(9000)))))
                .hasSize(4096);
        assertThatThrownBy(() -> PasswordSource.line(new BufferedReader(new StringReader(""))))
                .isInstanceOf(CannotRunException.class);
    }
}
