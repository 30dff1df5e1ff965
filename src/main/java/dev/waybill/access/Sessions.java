package dev.waybill.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// The sessions of whoever is signed in. In memory only: a restart signs everybody out, and with it a new admin token
/// ends the sessions of the old one.
///
/// A session ends by hand, 12 hours after its last request, 7 days after the sign-in, and as soon as the file of the
/// users no longer says about its person what it said at the sign-in: removed, another role, another password. At
/// most 1,000 are kept, 50 of one name; a further one ends the one that was used longest ago. Ids are 256 random
/// bits, and only their hash is kept, so that nothing in memory opens a session. Safe for threads.
public final class Sessions {
    /// A session that is not used ends.
    public static final Duration IDLE = Duration.ofHours(12);

    /// A session ends even if it is used.
    public static final Duration LONGEST = Duration.ofDays(7);

    static final int MOST = 1000;
    static final int MOST_OF_ONE = 50;
    private static final int BYTES = 32;
    private static final int ID_LENGTH = 43;

    private final People people;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Kept> kept = new HashMap<>();

    /// @param credential what must still hold
    private record Kept(Session session, Optional<User> credential, long openedAt, AtomicLong usedAt) {
        private boolean isOf(String name) {
            return session.caller().name().equals(name);
        }

        private long lastUse() {
            return usedAt.get();
        }
    }

    public Sessions(People people, InstantSource clock) {
        this.people = people;
        this.clock = clock;
    }

    /// A session that was opened.
    ///
    /// @param id the secret that opens it; kept nowhere here
    public record Opened(String id, Session session) {
        @Override
        public String toString() {
            return "Opened[" + session + "]";
        }
    }

    /// Opens one for a person whose password was right.
    Opened open(User user) {
        return open(new Caller(user.name(), user.role()), Optional.of(user));
    }

    /// Opens one for whoever showed the admin token.
    Opened openForToken() {
        return open(Caller.TOKEN, Optional.empty());
    }

    private synchronized Opened open(Caller caller, Optional<User> credential) {
        long now = clock.millis();
        kept.values().removeIf(one -> isOver(one, now));
        makeRoom(kept.values().stream().filter(one -> one.isOf(caller.name())).toList(), MOST_OF_ONE);
        makeRoom(new ArrayList<>(kept.values()), MOST);
        String id = secret();
        Session session = new Session(caller, secret());
        kept.put(Digest.sha256(id), new Kept(session, credential, now, new AtomicLong(now)));
        return new Opened(id, session);
    }

    private void makeRoom(List<Kept> among, int most) {
        if (among.size() >= most) {
            among.stream().min(Comparator.comparingLong(Kept::lastUse)).ifPresent(kept.values()::remove);
        }
    }

    private String secret() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new String(Base64.getUrlEncoder().withoutPadding().encode(bytes), US_ASCII);
    }

    /// The session of that id, if it still holds; this counts as use.
    public Optional<Session> find(String id) {
        if (id.length() != ID_LENGTH) {
            return Optional.empty();
        }
        String key = Digest.sha256(id);
        synchronized (this) {
            Kept found = kept.get(key);
            if (found == null) {
                return Optional.empty();
            }
            long now = clock.millis();
            if (isOver(found, now)) {
                kept.remove(key);
                return Optional.empty();
            }
            found.usedAt().set(now);
            return Optional.of(found.session());
        }
    }

    private boolean isOver(Kept one, long now) {
        return now - one.lastUse() >= IDLE.toMillis()
                || now - one.openedAt() >= LONGEST.toMillis()
                || one.credential()
                        .filter(then ->
                                people.find(then.name()).filter(then::equals).isEmpty())
                        .isPresent();
    }

    /// Whether a session still holds. Asking is no use of it.
    public synchronized boolean holds(Session session) {
        long now = clock.millis();
        return kept.values().stream().anyMatch(one -> one.session().equals(session) && !isOver(one, now));
    }

    /// Ends a session.
    public synchronized void close(Session session) {
        kept.values().removeIf(one -> one.session().equals(session));
    }

    /// How many there are, those included that ended without anybody asking since.
    synchronized int size() {
        return kept.size();
    }
}
