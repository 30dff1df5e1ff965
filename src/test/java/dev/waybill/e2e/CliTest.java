package dev.waybill.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Exit statuses, and the one line on stderr that says what is in the way and what to do.
@Tag("e2e")
@ExtendWith(Started.Logs.class)
class CliTest {
    @TempDir
    private Path directory;

    /// What a finished command said.
    private record Said(int status, String out, String err) {
        /// Its words on stderr, which have to be one line without a stack trace.
        String line() {
            assertThat(err.lines()).as(err).hasSize(1);
            return err.strip();
        }
    }

    private Said run(String name, String... arguments) throws InterruptedException {
        try (Started command = new Started(directory, name, List.of(arguments))) {
            int status = command.exit(30);
            return new Said(status, command.out(), command.err());
        }
    }

    @Test
    void help_goes_to_stdout() throws InterruptedException {
        Said help = run("help", "--help");
        assertThat(help.status()).isZero();
        assertThat(help.out()).contains("Usage: waybill").contains("serve");
        assertThat(help.err()).isEmpty();
    }

    @Test
    void a_user_is_added_with_a_password_from_stdin_and_signs_in_to_the_running_server() throws Exception {
        TestWorkspace workspace =
                TestWorkspace.create(directory.resolve("workspace")).lane("web", "http://127.0.0.1:9/events");
        Path password = Files.writeString(directory.resolve("password"), "four random words here\n");
        try (WaybillProcess server = WaybillProcess.start(directory, workspace)) {
            List<String> add = List.of(
                    "user",
                    "add",
                    "ann",
                    "--role",
                    "viewer",
                    "--data",
                    server.data().toString());
            try (Started command = Started.reading(directory, "user-add", password, add)) {
                assertThat(command.exit(30)).as(command.err()).isZero();
                assertThat(command.out()).isEqualTo("ann may sign in as viewer.\n");
            }
            Eventually.holds("ann may sign in", Duration.ofSeconds(20), () -> signIn(server) == 200);
        }
    }

    private static int signIn(WaybillProcess server) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/api/session"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"name\":\"ann\",\"password\":\"four random words here\"}"))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    @Test
    void the_version_is_said() throws InterruptedException {
        Said said = run("version", "--version");
        assertThat(said.status()).isZero();
        assertThat(said.out()).startsWith("waybill ");
    }

    @Test
    void wrong_use_is_2() throws InterruptedException {
        assertThat(run("unknown", "deliver").status()).isEqualTo(2);
        assertThat(run("no-workspace-given", "serve").status()).isEqualTo(2);
        assertThat(run("unknown-option", "sandbox", "--prot", "1").status()).isEqualTo(2);
    }

    @Test
    void a_broken_workspace_is_1_with_every_problem() throws InterruptedException {
        TestWorkspace workspace = TestWorkspace.create(directory.resolve("broken"))
                .lane("web", "http://127.0.0.1:9/events")
                .write("waybill.yaml", "allowPrivateEndpoint: true\ndurability: maybe\n");
        Said check = run("check", "check", "--workspace", workspace.directory().toString());
        assertThat(check.status()).isEqualTo(1);
        assertThat(check.out() + check.err()).contains("allowPrivateEndpoints").contains("maybe");
        Said serve = run(
                "serve-broken",
                "serve",
                "--workspace",
                workspace.directory().toString(),
                "--data",
                directory.resolve("data-broken").toString(),
                "--port",
                "0");
        assertThat(serve.status()).isEqualTo(1);
        assertThat(serve.out() + serve.err()).contains("allowPrivateEndpoints").contains("maybe");
    }

    @Test
    void no_workspace_is_3() throws InterruptedException {
        Said said = run(
                "nowhere",
                "serve",
                "--workspace",
                directory.resolve("nowhere").toString(),
                "--data",
                directory.resolve("data-nowhere").toString(),
                "--port",
                "0");
        assertThat(said.status()).isEqualTo(3);
        assertThat(said.line()).startsWith("waybill: ").contains("nowhere");
    }

    @Test
    void a_taken_port_is_3() throws IOException, InterruptedException {
        TestWorkspace workspace =
                TestWorkspace.create(directory.resolve("workspace")).lane("web", "http://127.0.0.1:9/events");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            Said serve = run(
                    "taken",
                    "serve",
                    "--workspace",
                    workspace.directory().toString(),
                    "--data",
                    directory.resolve("data-taken").toString(),
                    "--port",
                    port);
            assertThat(serve.status()).isEqualTo(3);
            assertThat(serve.err())
                    .contains("waybill: ")
                    .contains(port)
                    .contains("--port")
                    .doesNotContain("\tat ");
            Said sandbox = run("taken-sandbox", "sandbox", "--port", port);
            assertThat(sandbox.status()).isEqualTo(3);
            assertThat(sandbox.line()).contains(port).contains("--port");
        }
    }

    @Test
    void a_second_process_on_a_data_directory_is_3() throws InterruptedException {
        TestWorkspace workspace =
                TestWorkspace.create(directory.resolve("workspace")).lane("web", "http://127.0.0.1:9/events");
        try (WaybillProcess first = WaybillProcess.start(directory, workspace)) {
            Said second = run(
                    "second",
                    "serve",
                    "--workspace",
                    workspace.directory().toString(),
                    "--data",
                    first.data().toString(),
                    "--port",
                    "0");
            assertThat(second.status()).isEqualTo(3);
            assertThat(second.err())
                    .contains("waybill: ")
                    .contains(first.data().toString())
                    .doesNotContain("\tat ");
            assertThat(Http.answers(first.url() + "/health/ready")).isTrue();
        }
    }

    @Test
    void what_needs_a_server_is_3_without_one() throws InterruptedException {
        Said said = run(
                "replay",
                "dead-letters",
                "replay",
                "--data",
                directory.resolve("none").toString());
        assertThat(said.status()).isEqualTo(3);
        assertThat(said.line()).startsWith("waybill: ");
    }
}
