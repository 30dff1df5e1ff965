package dev.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SandboxCommandTest {
    @ParameterizedTest
    @CsvSource({
        "--origin=*, is no origin: write it as https://www.example.com or http://localhost:8080",
        "--port=70000, --port is 70000; give one from 0 to 65535",
        "--port=-1, --port is -1; give one from 0 to 65535",
        "--keep=0, keep is 0; at least 1 request is kept",
    })
    void wrong_use_is_told_with_exit_status_2(String argument, String message) {
        StringWriter err = new StringWriter();
        CommandLine line = new CommandLine(new SandboxCommand()).setErr(new PrintWriter(err, true));

        assertThat(line.execute(argument)).isEqualTo(2);
        assertThat(err.toString()).contains(message);
    }

    @Test
    void a_taken_port_is_told_with_what_to_do() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            AtomicReference<Exception> told = new AtomicReference<>();
            CommandLine line = new CommandLine(new SandboxCommand()).setExecutionExceptionHandler((failure, _, _) -> {
                told.set(failure);
                return 3;
            });

            assertThat(line.execute("--port=" + taken.getLocalPort())).isEqualTo(3);
            assertThat(told.get())
                    .isInstanceOf(CannotRunException.class)
                    .hasMessageStartingWith("Can't listen on 127.0.0.1:" + taken.getLocalPort() + " (")
                    .hasMessageEndingWith("); stop what holds it or choose another with --port.");
        }
    }
}
