package dev.waybill.collect;

import dev.waybill.http.Refusal;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Limits how often one address may report identities. Of IPv6 a whole network of 64 bits counts as one address: that
/// is the least a customer gets, and each could come from any of its addresses. Safe for threads.
///
/// Two generations bound the memory: when the younger one is full it becomes the older one, and an address that hasn't
/// come meanwhile is forgotten, which at worst gives it a new burst.
final class AddressRates {
    static final double PER_SECOND = 20;
    static final int MAX_ADDRESSES = 50_000;
    private static final int NETWORK_BYTES = 8;

    private volatile Map<String, TokenBucket> young = new ConcurrentHashMap<>();
    private volatile Map<String, TokenBucket> old = Map.of();

    /// Loopback has no limit: it is a proxy of one's own, or a test.
    ///
    /// @param now milliseconds of the epoch
    /// @throws Refusal 429 when that address comes too often
    void check(String address, long now) {
        String sender = sender(address);
        if (sender == null) {
            return;
        }
        TokenBucket known = old.get(sender);
        TokenBucket bucket =
                young.computeIfAbsent(sender, _ -> known == null ? new TokenBucket(PER_SECOND, now) : known);
        if (young.size() > MAX_ADDRESSES) {
            rotate();
        }
        long wait = bucket.take(1, PER_SECOND, now);
        if (wait > 0) {
            throw new Refusal(
                    429,
                    "rate_limited",
                    "this address reports more than %d identities a second; send again later"
                            .formatted((int) PER_SECOND),
                    Math.toIntExact((wait + 999) / 1000));
        }
    }

    private synchronized void rotate() {
        if (young.size() > MAX_ADDRESSES) {
            old = young;
            young = new ConcurrentHashMap<>();
        }
    }

    /// Null for loopback.
    private static @Nullable String sender(String address) {
        try {
            InetAddress read = InetAddress.ofLiteral(address);
            if (read.isLoopbackAddress()) {
                return null;
            }
            return read instanceof Inet6Address
                    ? HexFormat.of().formatHex(read.getAddress(), 0, NETWORK_BYTES)
                    : address;
        } catch (IllegalArgumentException _) {
            return address;
        }
    }
}
