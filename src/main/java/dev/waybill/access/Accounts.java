package dev.waybill.access;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Predicate;

/// Who may sign in, how, and who is. Safe for threads.
///
/// @param people the users of the file
/// @param sessions of whoever is signed in
/// @param signIn opens sessions
public record Accounts(People people, Sessions sessions, SignIn signIn) implements AutoCloseable {
    /// The accounts of a server.
    ///
    /// @param data its data directory
    /// @param token tells the admin token, in a time that tells nothing about it
    /// @throws IOException when the directory can't be read; a broken file of users never throws
    public static Accounts open(Path data, Predicate<String> token, AuditJournal audit, InstantSource clock)
            throws IOException {
        People people = People.open(UsersFile.of(data), audit);
        Sessions sessions = new Sessions(people, clock);
        return new Accounts(people, sessions, new SignIn(people, sessions, token, audit, clock));
    }

    @Override
    public void close() {
        signIn.close();
    }
}
