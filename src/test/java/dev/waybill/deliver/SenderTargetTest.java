package dev.waybill.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.deliver.FakeDestination.Reply;
import dev.waybill.deliver.SendResult.Failed;
import dev.waybill.deliver.SendResult.Kind;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SenderTargetTest extends SenderFixture {
    @Test
    void nobody_there_is_a_failure_to_connect() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }

        Failed failed = failed(sender.send(request("http://127.0.0.1:" + free + "/?key=secret"), "m"));
        assertThat(failed.kind()).isEqualTo(Kind.CONNECT);
        assertThat(failed.message()).contains("Connection refused").doesNotContain("secret");
    }

    @Test
    void a_destination_that_speaks_no_tls_is_a_failure_to_connect() {
        destination.usually(Reply.status(200));

        assertThat(failed(impatient.send(request("https://127.0.0.1:" + destination.port() + "/"), "m"))
                        .kind())
                .isIn(Kind.CONNECT, Kind.TIMEOUT);
    }

    @Test
    void an_unknown_host_is_a_failure_to_resolve() {
        HostLookup.Source none = host -> {
            throw new UnknownHostException(host);
        };
        try (Sender lost = new Sender(delivery(4, Duration.ofSeconds(10)), OPEN, InstantSource.system(), none)) {
            assertThat(failed(lost.send(request("http://kargo.example/"), "m")))
                    .extracting(Failed::kind, Failed::message)
                    .containsExactly(Kind.DNS, "The host name kargo.example could not be resolved.");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, REFUSED_ADDRESS",
        "localhost, REFUSED_ADDRESS",
        "0.0.0.0, REFUSED_ADDRESS",
        "[::1], REFUSED_ADDRESS",
        "[::ffff:127.0.0.1], REFUSED_ADDRESS",
        "[::ffff:7f00:1], REFUSED_ADDRESS",
        "127.1, BAD_URL",
        "2130706433, REFUSED_ADDRESS",
        "0x7f.1, BAD_URL"
    })
    void no_spelling_of_loopback_gets_past_the_guard(String host, Kind kind) {
        try (Sender guarded =
                new Sender(delivery(4, Duration.ofSeconds(5)), new AddressGuard(() -> false), InstantSource.system())) {
            assertThat(failed(guarded.send(request("http://" + host + ":" + destination.port() + "/"), "m"))
                            .kind())
                    .isEqualTo(kind);
        }
        assertThat(destination.accepted()).isZero();
    }

    @Test
    void a_name_that_resolves_to_a_private_address_is_refused_with_the_way_out() {
        HostLookup.Source rebound = _ -> new InetAddress[] {InetAddress.getByName("169.254.169.254")};
        try (Sender guarded = new Sender(
                delivery(4, Duration.ofSeconds(10)), new AddressGuard(() -> false), InstantSource.system(), rebound)) {
            assertThat(failed(guarded.send(request("http://kargo.example/"), "m")))
                    .extracting(Failed::kind, Failed::message)
                    .containsExactly(
                            Kind.REFUSED_ADDRESS,
                            "kargo.example resolves to 169.254.169.254, which is link-local; only public addresses are"
                                    + " sent to. Set allowPrivateEndpoints: true in waybill.yaml to allow it.");
        }
    }

    @Test
    void an_open_connection_is_refused_once_private_addresses_no_longer_are_allowed() {
        AtomicBoolean allowed = new AtomicBoolean(true);
        try (Sender guarded = new Sender(
                delivery(4, Duration.ofSeconds(5)), new AddressGuard(allowed::get), InstantSource.system())) {
            answer(guarded.send(request(destination.url("/")), "m"));
            allowed.set(false);

            assertThat(failed(guarded.send(request(destination.url("/")), "m")).kind())
                    .isEqualTo(Kind.REFUSED_ADDRESS);
        }
        assertThat(destination.received()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "null                 | The integration has no URL to send to: set its ENDPOINT.",
                "'  '                 | The integration has no URL to send to: set its ENDPOINT.",
                "http://a b/?k=secret | The URL is not valid: Illegal character in authority at character 8.",
                "ftp://kargo.example/ | The URL must begin with https:// or http://.",
                "kargo.example/events | The URL must begin with https:// or http://.",
                "file:///etc/passwd   | The URL must begin with https:// or http://.",
                "https:///events      | The URL has no valid host and port.",
                "http://a_b.example/  | The URL has no valid host and port.",
                "http://a:99999/      | The URL has no valid host and port.",
                "http://u:secret@a/   | The URL holds a user name; send it as a header instead."
            })
    void a_url_that_cannot_be_sent_to_is_named_without_being_told(@Nullable String url, String message) {
        Failed failed = failed(sender.send(request(url), "m"));

        assertThat(failed.kind()).isEqualTo(Kind.BAD_URL);
        assertThat(failed.message()).isEqualTo(message);
    }
}
