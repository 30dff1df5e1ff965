package dev.waybill.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.bench.ProcessUsage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Malformed and hostile requests against a real server: the right answer, flat memory, and it goes on serving.
@Tag("e2e")
@ExtendWith(Started.Logs.class)
class InputTest {
    /// What a heap of 320 MB may come to, with all that a JVM needs beside it.
    private static final long MOST_MEGABYTES = 512;

    private static final String BASIC = "Basic " + Base64.getEncoder().encodeToString("wk_web:".getBytes(UTF_8));

    private static TestDestination destination;
    private static WaybillProcess server;

    @BeforeAll
    static void start(@TempDir Path directory) {
        destination = TestDestination.start();
        server = WaybillProcess.start(
                directory, TestWorkspace.create(directory.resolve("workspace")).lane("web", destination.url()));
    }

    @AfterAll
    static void stop() {
        server.close();
        destination.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            400 | invalid_json   | {
            400 | invalid_json   | {"event":"a",}
            400 | invalid_json   | {"event":"a"} {}
            400 | invalid_json   | nonsense
            400 | not_an_object  | []
            400 | not_an_object  | 42
            400 | missing_field  | {}
            400 | missing_field  | {"event":""}
            400 | missing_field  | {"event":null}
            400 | wrong_type     | {"event":"a","context":[]}
            400 | wrong_type     | {"event":"a","context":"x"}
            400 | wrong_type     | {"event":"a","properties":[]}
            400 | wrong_type     | {"event":"a","properties":7}
            400 | wrong_type     | {"event":"a","userId":7}
            400 | wrong_type     | {"event":"a","anonymousId":{}}
            400 | wrong_type     | {"event":"a","messageId":true}
            """)
    void a_malformed_event_is_refused_with_its_reason(int status, String reason, String body) {
        Http.Answer answer = server.send("web", "track", body);
        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        assertThat(answer.body()).contains(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"event":"a","properties":{"n":1e999999,"m":-0.000000000000000000000000000000000001,"k":99999999999999999999999}}
            {"event":"a","properties":{"n":1,"n":2,"n":3}}
            {"event":"a","properties":{"lone":"\\ud800","other":"\\udfff\\ud800"}}
            {"event":"a","properties":null,"context":null,"userId":null}
            {"event":"a","unknown":{"deep":[[[[]]]]}}
            """)
    void an_odd_but_honest_event_is_taken(String body) {
        server.send("web", "track", body).ok();
    }

    @Test
    void depth_and_size_are_bounded() {
        assertThat(server.send("web", "track", "{\"event\":\"a\",\"properties\":" + "[".repeat(5000))
                        .status())
                .isEqualTo(400);
        assertThat(server.send("web", "track", nested(100))).satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("too_deep");
        });
        String large = "{\"event\":\"a\",\"properties\":{\"x\":\"" + "x".repeat(40_000) + "\"}}";
        assertThat(server.send("web", "track", large).status()).isEqualTo(413);
        String endless = "{\"batch\":[" + "{},".repeat(300_000) + "{}]}";
        assertThat(server.send("web", "batch", endless).status()).isEqualTo(413);
    }

    private static String nested(int depth) {
        return "{\"event\":\"a\",\"properties\":" + "{\"a\":".repeat(depth) + "1" + "}".repeat(depth) + "}";
    }

    @Test
    void a_gigabyte_of_zipped_zeros_costs_nothing() throws IOException {
        String head = "POST /v1/batch HTTP/1.1\r\nHost: x\r\nAuthorization: " + BASIC
                + "\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(head.getBytes(UTF_8));
            try (OutputStream zipped = new GZIPOutputStream(new Chunks(socket.getOutputStream()), 64 * 1024)) {
                byte[] zeros = new byte[1024 * 1024];
                for (int i = 0; i < 1024; i++) {
                    zipped.write(zeros);
                }
            } catch (IOException _) {
                // Cut off while sending: that is one right answer.
            }
            assertThat(firstLine(socket)).matches("(HTTP/1.1 413.*)?");
        }
        assertHealthy();
    }

    @Test
    void half_sent_bodies_hold_no_memory_and_are_let_go() throws IOException {
        List<Socket> halves = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                halves.add(socket);
                String head = "POST /v1/batch HTTP/1.1\r\nHost: x\r\nAuthorization: " + BASIC
                        + "\r\nContent-Length: 400000\r\n\r\n{\"batch\":[";
                socket.getOutputStream().write(head.getBytes(UTF_8));
            }
            assertHealthy();
        } finally {
            for (Socket socket : halves) {
                socket.close();
            }
        }
        assertHealthy();
    }

    @Test
    void a_flood_of_headers_is_refused() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            try {
                out.write("POST /v1/track HTTP/1.1\r\nHost: x\r\n".getBytes(UTF_8));
                for (int i = 0; i < 20_000; i++) {
                    out.write(("X-Flood-" + i + ": " + "y".repeat(100) + "\r\n").getBytes(UTF_8));
                }
            } catch (IOException _) {
                // Cut off while sending: that is one right answer.
            }
            assertThat(firstLine(socket)).matches("(HTTP/1.1 4\\d\\d.*)?");
        }
        assertHealthy();
    }

    @Test
    void a_hundred_thousand_names_and_keys_leave_memory_flat() {
        for (int i = 0; i < 200; i++) {
            StringBuilder batch = new StringBuilder("{\"batch\":[");
            for (int j = 0; j < 500; j++) {
                batch.append(j == 0 ? "" : ",");
                batch.append("{\"type\":\"track\",\"event\":\"n%d\",\"properties\":{\"k%d\":1}}"
                        .formatted(i * 500 + j, i * 500 + j));
            }
            server.send("web", "batch", batch.append("]}").toString()).ok();
        }
        assertHealthy();
    }

    /// The status line, or nothing when the server ended the connection without one.
    private static String firstLine(Socket socket) {
        StringBuilder line = new StringBuilder();
        try {
            for (int c = socket.getInputStream().read();
                    c >= 0 && c != '\r';
                    c = socket.getInputStream().read()) {
                line.append((char) c);
            }
        } catch (IOException _) {
            // A reset is an end too.
        }
        return line.toString();
    }

    private static void assertHealthy() {
        assertThat(server.alive()).as(server.logs()).isTrue();
        server.send("web", "track", "{\"event\":\"still there\"}").ok();
        long resident = ProcessUsage.residentBytes(server.handle()).orElse(0) / 1_000_000;
        assertThat(resident).as("resident megabytes").isLessThan(MOST_MEGABYTES);
    }

    /// Writes HTTP chunks.
    private static final class Chunks extends OutputStream {
        private final OutputStream out;

        private Chunks(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (length > 0) {
                out.write((Integer.toHexString(length) + "\r\n").getBytes(UTF_8));
                out.write(bytes, from, length);
                out.write("\r\n".getBytes(UTF_8));
            }
        }

        @Override
        public void close() throws IOException {
            out.write("0\r\n\r\n".getBytes(UTF_8));
        }
    }
}
