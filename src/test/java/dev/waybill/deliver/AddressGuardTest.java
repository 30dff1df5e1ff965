package dev.waybill.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    private final AddressGuard strict = new AddressGuard(() -> false);

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, unspecified",
        "10.0.0.0, private",
        "10.255.255.255, private",
        "100.64.0.0, shared (carrier NAT)",
        "100.127.255.255, shared (carrier NAT)",
        "127.0.0.1, loopback",
        "127.255.255.255, loopback",
        "169.254.169.254, link-local",
        "172.16.0.0, private",
        "172.31.255.255, private",
        "192.0.0.8, reserved for protocols",
        "192.168.0.1, private",
        "198.18.0.1, reserved for benchmarks",
        "198.19.255.255, reserved for benchmarks",
        "224.0.0.1, multicast",
        "239.255.255.255, multicast",
        "255.255.255.255, reserved or broadcast",
        "::, unspecified",
        "::1, loopback",
        "::7f00:1, loopback",
        "::ffff:10.0.0.1, private",
        "fc00::1, unique-local",
        "fdff::1, unique-local",
        "fe80::1, link-local",
        "febf::1, link-local",
        "fec0::1, site-local",
        "ff02::1, multicast",
        "64:ff9b::10.1.2.3, private",
        "64:ff9b::169.254.169.254, link-local",
        "64:ff9b:1::1, reserved for local NAT64",
        "2002:7f00:1::1, loopback",
        "2001::1, reserved for Teredo",
        "100::1, discard-only"
    })
    void what_is_not_public_is_named(String address, String range) throws Exception {
        assertThat(AddressRange.notPublic(InetAddress.getByName(address))).contains(range);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2001:4860::8888",
                "64:ff9b::8.8.8.8",
                "2002:808:808::1",
                "::8.8.8.8",
                "::ffff:8.8.8.8"
            })
    void the_neighbours_are_public(String address) throws Exception {
        assertThat(AddressRange.notPublic(InetAddress.getByName(address))).isEmpty();
    }

    @Test
    void a_mapped_address_that_java_left_as_it_is_counts_as_what_it_carries() throws Exception {
        byte[] mapped = HexFormat.of().parseHex("00000000000000000000ffff7f000001");
        InetAddress address = Inet6Address.getByAddress(null, mapped, -1);
        assertThat(AddressRange.notPublic(address)).contains("loopback");
    }

    @Test
    void of_several_addresses_the_public_ones_are_left() throws Exception {
        InetAddress[] both = {InetAddress.getByName("10.0.0.1"), InetAddress.getByName("8.8.8.8")};
        assertThat(strict.permitted("kargo.example", both)).containsExactly(both[1]);
        assertThat(new AddressGuard(() -> true).permitted("kargo.example", both))
                .containsExactly(both);
    }

    @Test
    void a_refusal_says_what_was_found_and_what_to_do() {
        assertThatThrownBy(() -> strict.check(new InetSocketAddress("10.0.0.1", 80)))
                .isInstanceOf(RefusedAddressException.class)
                .hasMessage("10.0.0.1 is private; only public addresses are sent to."
                        + " Set allowPrivateEndpoints: true in waybill.yaml to allow it.");
    }
}
