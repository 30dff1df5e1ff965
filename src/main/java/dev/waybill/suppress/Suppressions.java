package dev.waybill.suppress;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/// The durable set of suppressed people. Safe for threads.
public final class Suppressions implements AutoCloseable {
    /// What identifies a person.
    public enum Kind {
        USER_ID,
        ANONYMOUS_ID,
        PUID
    }

    /// Opens `<data>/suppressions`.
    public static Suppressions open(Path dir, Consumer<String> report) throws IOException {
        throw new UnsupportedOperationException();
    }

    /// Adds a person, durably before it returns.
    public void add(Kind kind, String value) throws IOException {
        throw new UnsupportedOperationException();
    }

    /// Whether that person is suppressed. Takes no lock.
    public boolean contains(Kind kind, String value) {
        throw new UnsupportedOperationException();
    }

    /// How many identifiers are suppressed.
    public int size() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
