package dev.waybill.access;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Opens sessions for whoever knows the admin token, or a name and its password. A wrong name takes as long as a
/// wrong password. Each sign-in and each failure is in the audit journal.
///
/// Safe for threads. Passwords are compared by one thread of its own, so that guessing takes no more than one
/// processor from the events; when 16 wait for it, further ones are told to come again.
public final class SignIn implements AutoCloseable {
    /// What a name that is none is called in the journal.
    static final String UNKNOWN = "unknown name";

    private static final int MOST_WAITING = 16;
    private static final long WHEN_BUSY = Duration.ofSeconds(10).toMillis();

    private final People people;
    private final Sessions sessions;
    private final Predicate<String> token;
    private final AuditJournal audit;
    private final SignInLimit limit;
    private final FailedSignIns failures;
    private final ExecutorService comparing = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().daemon().name("passwords").factory());

    /// What became of a sign-in.
    public sealed interface Result {
        record Open(Sessions.Opened opened) implements Result {}

        record Wrong() implements Result {}

        /// Too many sign-ins failed; nothing was looked at.
        ///
        /// @param seconds when to come again, at least 1
        record TooMany(int seconds) implements Result {}
    }

    /// @param token tells the admin token, in a time that tells nothing about it
    public SignIn(People people, Sessions sessions, Predicate<String> token, AuditJournal audit, InstantSource clock) {
        this.people = people;
        this.sessions = sessions;
        this.token = token;
        this.audit = audit;
        this.limit = new SignInLimit(clock);
        this.failures = new FailedSignIns(audit, clock);
    }

    /// Signs in the holder of the admin token.
    ///
    /// @param address of the client
    /// @throws AuditFailedException when it can't be written down; then there is no session
    public Result byToken(String address, String presented) {
        return signIn(
                address,
                null,
                Caller.TOKEN.name(),
                () -> token.test(presented) ? Optional.of(sessions.openForToken()) : Optional.empty());
    }

    /// Judges the token that a request carries by itself. A wrong one counts as a failed sign-in of its address, though
    /// the same one only once; then only an address that the right one came from before is listened to.
    ///
    /// @param address of the client
    /// @return why the request is refused: [Result.Wrong] or [Result.TooMany]; empty when the token is right
    public Optional<Result> refuse(String address, String presented) {
        long wait = limit.untilNext(address);
        if (wait > 0) {
            failures.blocked(Caller.TOKEN.name(), address);
            return Optional.of(tooMany(wait));
        }
        if (token.test(presented)) {
            limit.usedToken(address);
            return Optional.empty();
        }
        if (limit.wrongToken(address, presented)) {
            failures.failed(Caller.TOKEN.name(), address);
        }
        return Optional.of(new Result.Wrong());
    }

    /// Signs in a person.
    ///
    /// @param address of the client
    /// @param typed as typed; letter case doesn't matter
    /// @throws AuditFailedException when it can't be written down; then there is no session
    public Result byPassword(String address, String typed, String password) {
        String lower = typed.strip().toLowerCase(Locale.ROOT);
        String name = User.isName(lower) ? lower : "";
        Optional<User> user = people.find(name);
        return signIn(address, name, user.map(User::name).orElse(UNKNOWN), () -> {
            PasswordHash hash = user.map(User::password).orElse(PasswordHash.NOBODYS);
            boolean right = CompletableFuture.supplyAsync(() -> hash.matches(password), comparing)
                    .join();
            return right ? user.map(sessions::open) : Optional.empty();
        });
    }

    @FunctionalInterface
    private interface Check {
        Optional<Sessions.Opened> open();
    }

    /// @param who for the journal
    private Result signIn(String address, @Nullable String name, String who, Check check) {
        long wait = limit.take(address, name);
        if (wait > 0) {
            failures.blocked(who, address);
            return tooMany(wait);
        }
        Optional<Sessions.Opened> opened;
        try {
            opened = check.open();
        } catch (RejectedExecutionException busy) {
            limit.giveBack(address, name);
            return tooMany(WHEN_BUSY);
        }
        if (opened.isEmpty()) {
            failures.failed(who, address);
            return new Result.Wrong();
        }
        limit.succeeded(address, name);
        try {
            audit.record(who, Audited.SIGNED_IN, "from " + address, null, null);
        } catch (AuditFailedException e) {
            sessions.close(opened.get().session());
            throw e;
        }
        return new Result.Open(opened.get());
    }

    private static Result tooMany(long millis) {
        return new Result.TooMany((int) Math.ceilDiv(millis, 1000L));
    }

    @Override
    public void close() {
        comparing.close();
    }
}
