package dev.waybill.collect;

import dev.waybill.http.Refusal;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Limits how often one address may do something. Of IPv6 a whole network of 64 bits counts as one address: that
/// is the least a customer gets, and each could come from any of its addresses. Safe for threads.
///
/// Two generations bound the memory: when the younger one is full it becomes the older one, and an address that hasn't
/// come meanwhile is forgotten, which at worst gives it a new burst.
final class AddressRates {
    static final int MAX_ADDRESSES = 50_000;
    private static final int NETWORK_BYTES = 8;

    private final Limit limit;
    private volatile Map<String, TokenBucket> young = new ConcurrentHashMap<>();
    private volatile Map<String, TokenBucket> old = Map.of();

    /// What is limited, and to how much.
    enum Limit {
        /// Reports of identities, and questions for them: each page may have one or two.
        REPORTS(20, 20, "this address reports more than 20 identities a second; send again later"),

        /// Opt-outs. Nobody needs to sign in for one, and each stays in memory and on disk for good, so few will do;
        /// the
        /// burst is for many people behind one address. A browser that is refused tells its opt-out again.
        OPT_OUTS(10 / 60.0, 20, "this address opts out more than 10 browsers a minute; send again later"),

        /// Withdrawals of consent. They stay for weeks, and too many would push out other people's. A browser that is
        /// refused tells its withdrawal again.
        WITHDRAWALS(10 / 60.0, 20, "this address withdraws consent more than 10 times a minute; send again later");

        private final double perSecond;
        private final int burst;
        private final String refusal;

        Limit(double perSecond, int burst, String refusal) {
            this.perSecond = perSecond;
            this.burst = burst;
            this.refusal = refusal;
        }

        /// How many an address may do at once after a rest.
        int burst() {
            return burst;
        }
    }

    AddressRates(Limit limit) {
        this.limit = limit;
    }

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
        TokenBucket bucket = young.computeIfAbsent(
                sender, _ -> known == null ? new TokenBucket(limit.perSecond, limit.burst, now) : known);
        if (young.size() > MAX_ADDRESSES) {
            rotate();
        }
        long wait = bucket.take(1, limit.perSecond, limit.burst, now);
        if (wait > 0) {
            throw new Refusal(429, "rate_limited", limit.refusal, Math.toIntExact((wait + 999) / 1000));
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
