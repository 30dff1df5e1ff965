package dev.waybill.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {
    private final ClientAddress addresses = new ClientAddress(List.of("10.0.0.1", "10.0.0.2", "::1", "no address"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "192.0.2.9 | 198.51.100.7            | 192.0.2.9",
                "10.0.0.1  | 198.51.100.7            | 198.51.100.7",
                "10.0.0.1  | 203.0.113.5, 198.51.100.7 | 198.51.100.7",
                "10.0.0.1  | 198.51.100.7, 10.0.0.2  | 198.51.100.7",
                "10.0.0.1  | 10.0.0.2                | 10.0.0.2",
                "10.0.0.1  | 198.51.100.7, unknown   | 10.0.0.1",
                "10.0.0.1  | ``                      | 10.0.0.1",
                "::1       | 2001:db8::7             | 2001:db8:0:0:0:0:0:7",
            })
    void only_what_a_listed_proxy_wrote_counts(String peer, String forwardedFor, String client) {
        assertThat(addresses.of(InetAddress.ofLiteral(peer), List.of(forwardedFor)))
                .isEqualTo(client);
    }

    @org.junit.jupiter.api.Test
    void several_headers_are_one_list() {
        assertThat(addresses.of(InetAddress.ofLiteral("10.0.0.1"), List.of("198.51.100.7", "10.0.0.2")))
                .isEqualTo("198.51.100.7");
    }
}
