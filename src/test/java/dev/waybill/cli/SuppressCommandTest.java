package dev.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuppressCommandTest {
    @TempDir
    Path data;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CommandRun ran = new CommandRun();
    private final StringWriter out = ran.out;
    private final StringWriter err = ran.err;
    private volatile int refuseFrom = Integer.MAX_VALUE;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/suppress", exchange -> {
            asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            boolean refused = asked.size() > refuseFrom;
            byte[] answer = (refused
                            ? "{\"reason\":\"not_durable\",\"detail\":\"the disk is full\"}"
                            : "{\"suppressed\":true}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(refused ? 503 : 200, answer.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(answer);
            }
        });
        server.start();
        Files.writeString(
                data.resolve("server.json"),
                "{\"api\":\"http://127.0.0.1:" + server.getAddress().getPort() + "\"}");
        Files.writeString(data.resolve("admin-token"), "t-1");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private int run(String... options) {
        return ran.of(new SuppressCommand(), Stream.of("--data", data.toString()), options);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(data.resolve("people.txt"), text);
    }

    @Test
    void one_person_is_suppressed_and_named_in_short() {
        assertThat(run("--user-id", "someone@example.com")).isZero();
        assertThat(asked).containsExactly("{\"userId\":\"someone@example.com\"}");
        assertThat(out.toString())
                .startsWith(
                        "Suppressed the userId someone…: no event with it is sent from now on, those that wait and dead"
                                + " letters included.")
                .doesNotContain("example.com");
    }

    @Test
    void several_of_each_kind_are_suppressed_at_once() {
        assertThat(run("--user-id", "u-1", "--user-id=u-2", "--anonymous-id", "a-1", "--puid", "p-1"))
                .isZero();
        assertThat(asked)
                .containsExactly(
                        "{\"userId\":\"u-1\"}",
                        "{\"userId\":\"u-2\"}",
                        "{\"anonymousId\":\"a-1\"}",
                        "{\"puid\":\"p-1\"}");
        assertThat(out.toString()).startsWith("Suppressed 4 identifiers: ");
    }

    @Test
    void a_file_names_one_a_line() throws IOException {
        assertThat(run("--from", file("a-1\n\n  a-2 \r\na-3").toString(), "--kind", "anonymous-id"))
                .isZero();
        assertThat(asked)
                .containsExactly("{\"anonymousId\":\"a-1\"}", "{\"anonymousId\":\"a-2\"}", "{\"anonymousId\":\"a-3\"}");
    }

    @Test
    void nobody_is_suppressed_when_anything_of_it_is_wrong() throws IOException {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("say whom: --user-id, --anonymous-id, --puid, or --from FILE with --kind");
        assertThat(run("--user-id", " ", "--kind", "puids")).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "--user-id takes 1 to 1000 characters; --kind is 'puids'; allowed: user-id, anonymous-id, puid;"
                                + " --from and --kind go together");
        assertThat(run("--from", file("a\n" + "x".repeat(1001)).toString(), "--kind", "puid"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("people.txt:2: 1001 characters; at most 1000 are allowed");
        assertThat(run("--from", file("\n \n").toString(), "--kind", "puid")).isEqualTo(2);
        assertThat(err.toString()).contains("people.txt names nobody");
        Files.write(data.resolve("people.txt"), new byte[] {(byte) 0xC3, 0x28});
        assertThat(run("--from", data.resolve("people.txt").toString(), "--kind", "puid"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("people.txt is not UTF-8");
        assertThat(run("--from", "/no/such/file", "--kind", "puid")).isEqualTo(3);
        assertThat(asked).isEmpty();
    }

    @Test
    void a_server_that_can_not_do_it_is_3_and_says_how_far_it_came() throws IOException {
        refuseFrom = 2;
        assertThat(run("--from", file("a\nb\nc\nd").toString(), "--kind", "puid"))
                .isEqualTo(3);
        assertThat(err.toString())
                .contains(
                        "can't do it: the disk is full 2 were suppressed before; run it again, repeating does no harm.");
        assertThat(asked).hasSize(3);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void without_a_server_it_can_not_run() throws IOException {
        server.stop(0);
        assertThat(run("--user-id", "u-1")).isEqualTo(3);
        assertThat(err.toString()).contains("No server works with " + data);
        Files.delete(data.resolve("server.json"));
        assertThat(run("--user-id", "u-1")).isEqualTo(3);
    }
}
