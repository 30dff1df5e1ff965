package dev.waybill.deliver;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/// A block of addresses that is not the public internet.
///
/// @param name what the block is for, as it stands in messages
/// @param prefix of 4 or 16 bytes
/// @param bits how many of them count
record AddressRange(String name, InetAddress prefix, int bits) {
    private static final List<AddressRange> V4 = List.of(
            of("unspecified", "0.0.0.0", 8),
            of("private", "10.0.0.0", 8),
            of("shared (carrier NAT)", "100.64.0.0", 10),
            of("loopback", "127.0.0.0", 8),
            of("link-local", "169.254.0.0", 16),
            of("private", "172.16.0.0", 12),
            of("reserved for protocols", "192.0.0.0", 24),
            of("private", "192.168.0.0", 16),
            of("reserved for benchmarks", "198.18.0.0", 15),
            of("multicast", "224.0.0.0", 4),
            of("reserved or broadcast", "240.0.0.0", 4));

    private static final List<AddressRange> V6 = List.of(
            of("unspecified", "::", 128),
            of("loopback", "::1", 128),
            of("reserved for local NAT64", "64:ff9b:1::", 48),
            of("discard-only", "100::", 64),
            of("reserved for Teredo", "2001::", 32),
            of("unique-local", "fc00::", 7),
            of("link-local", "fe80::", 10),
            of("site-local", "fec0::", 10),
            of("multicast", "ff00::", 8));

    private static final AddressRange V4_COMPATIBLE = of("IPv4-compatible", "::", 96);
    private static final AddressRange NAT64 = of("NAT64", "64:ff9b::", 96);
    private static final AddressRange SIX_TO_FOUR = of("6to4", "2002::", 16);
    /// `::ffff:a.b.c.d`. Java makes an IPv4 address of it, except where bytes are turned into an address by hand.
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    /// The name of the block that makes the address not public, or empty for a public one. An IPv6 address that carries
    /// an IPv4 address is what that one is.
    static Optional<String> notPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return nameIn(V4, bytes);
        }
        Optional<String> own = nameIn(V6, bytes);
        if (own.isPresent()) {
            return own;
        }
        if (SIX_TO_FOUR.contains(bytes)) {
            return nameIn(V4, new byte[] {bytes[2], bytes[3], bytes[4], bytes[5]});
        }
        boolean mapped = prefixEquals(bytes, MAPPED, MAPPED.length * Byte.SIZE);
        if (mapped || V4_COMPATIBLE.contains(bytes) || NAT64.contains(bytes)) {
            return nameIn(V4, new byte[] {bytes[12], bytes[13], bytes[14], bytes[15]});
        }
        return Optional.empty();
    }

    private static Optional<String> nameIn(List<AddressRange> ranges, byte[] bytes) {
        for (AddressRange range : ranges) {
            if (range.contains(bytes)) {
                return Optional.of(range.name);
            }
        }
        return Optional.empty();
    }

    private boolean contains(byte[] bytes) {
        return prefixEquals(bytes, prefix.getAddress(), bits);
    }

    private static boolean prefixEquals(byte[] left, byte[] right, int bits) {
        int whole = bits / Byte.SIZE;
        for (int i = 0; i < whole; i++) {
            if (left[i] != right[i]) {
                return false;
            }
        }
        int rest = bits % Byte.SIZE;
        return rest == 0 || ((left[whole] ^ right[whole]) & 0xFF) >> (Byte.SIZE - rest) == 0;
    }

    private static AddressRange of(String name, String prefix, int bits) {
        try {
            return new AddressRange(name, InetAddress.getByName(prefix), bits);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(prefix + " is a literal address", impossible);
        }
    }
}
