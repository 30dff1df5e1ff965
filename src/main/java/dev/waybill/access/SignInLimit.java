package dev.waybill.access;

import java.io.Serial;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How many sign-ins may fail: 10 at once and then one a minute from each address, and as many for each name from all
/// addresses where that name never signed in. So nobody guesses for long, and nobody is locked out of an account by
/// others' guesses at the place where it is used. An IPv6 address counts by its first 64 bits, which one household or
/// machine has. Bounded in memory. Safe for threads.
final class SignInLimit {
    private static final int AT_ONCE = 10;
    private static final long INTERVAL = Duration.ofMinutes(1).toMillis();
    private static final int MOST_KEPT = 10_000;

    /// No name of a user.
    private static final String TOKEN = "";

    private final InstantSource clock;
    private final Map<String, Allowance> addresses = new Recent<>();
    private final Map<String, Allowance> names = new Recent<>();
    /// Where each name signed in since the start.
    private final Map<String, Boolean> used = new Recent<>();
    /// The wrong tokens that came with requests, by address and digest.
    private final Map<String, Boolean> wrong = new Recent<>();

    private static final class Recent<V> extends LinkedHashMap<String, V> {
        @Serial
        private static final long serialVersionUID = 1L;

        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > MOST_KEPT;
        }
    }

    SignInLimit(InstantSource clock) {
        this.clock = clock;
    }

    /// Takes one try. It counts as failed until [#succeeded].
    ///
    /// @param name null for the admin token
    /// @return 0, or in how many milliseconds to come again
    synchronized long take(String address, @Nullable String name) {
        long now = clock.millis();
        Allowance ofAddress = allowance(addresses, prefix(address));
        long wait = ofAddress.take(now);
        if (wait > 0 || name == null) {
            return wait;
        }
        wait = allowance(names, key(address, name)).take(now);
        if (wait > 0) {
            ofAddress.giveBack();
        }
        return wait;
    }

    /// The try was not looked at.
    synchronized void giveBack(String address, @Nullable String name) {
        giveBack(addresses, prefix(address));
        if (name != null) {
            giveBack(names, key(address, name));
        }
    }

    private void giveBack(Map<String, Allowance> of, String key) {
        Allowance allowance = allowance(of, key);
        allowance.giveBack();
        if (allowance.isWhole(clock.millis())) {
            of.remove(key);
        }
    }

    /// In how many milliseconds the next try may come from an address that the right token never came from; 0 for now.
    synchronized long untilNext(String address) {
        Allowance allowance = addresses.get(prefix(address));
        return allowance == null || used.get(pair(address, TOKEN)) != null ? 0 : allowance.untilNext(clock.millis());
    }

    /// The right token came from there.
    synchronized void usedToken(String address) {
        used.put(pair(address, TOKEN), true);
    }

    /// A wrong token came. The same one again, as a program goes on sending it that was not told of a new one, is no
    /// other guess.
    ///
    /// @return whether it counts
    synchronized boolean wrongToken(String address, String token) {
        boolean counts = wrong.put(prefix(address) + " " + Digest.sha256(token), true) == null;
        if (counts) {
            allowance(addresses, prefix(address)).take(clock.millis());
        }
        return counts;
    }

    /// The try was right.
    synchronized void succeeded(String address, @Nullable String name) {
        allowance(addresses, prefix(address)).giveBack();
        if (name != null) {
            allowance(names, key(address, name)).giveBack();
            used.put(pair(address, name), true);
        }
    }

    private String key(String address, String name) {
        String pair = pair(address, name);
        return used.get(pair) == null ? name : pair;
    }

    private static String pair(String address, String name) {
        return name + " " + prefix(address);
    }

    private static Allowance allowance(Map<String, Allowance> of, String key) {
        return of.computeIfAbsent(key, _ -> new Allowance(AT_ONCE, INTERVAL));
    }

    private static String prefix(String address) {
        try {
            if (InetAddress.ofLiteral(address) instanceof Inet6Address six) {
                byte[] bytes = six.getAddress();
                StringBuilder prefix = new StringBuilder();
                for (int i = 0; i < 8; i++) {
                    prefix.append("%02x".formatted(bytes[i]));
                }
                return prefix.toString();
            }
        } catch (IllegalArgumentException odd) {
            // Whatever it is, it is its own key.
        }
        return address;
    }
}
