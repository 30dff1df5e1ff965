package dev.waybill.docs;

import dev.waybill.config.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/// The keys that a reader knows: it is given a key that nobody can know, everywhere, and its complaints name the
/// others.
public final class KnownKeys {
    private static final String STRANGER = "zz";
    private static final String COMPLAINT = "'zz' is no known key here; allowed: ";

    private final Function<String, List<Problem>> reader;
    private final Set<String> whole;
    private final SortedSet<String> found = new TreeSet<>();

    private KnownKeys(Function<String, List<Problem>> reader, Set<String> whole) {
        this.reader = reader;
        this.whole = whole;
    }

    /// The full paths of all keys that hold values: `log.retention`, `integrations[].mode`.
    ///
    /// @param whole keys that are not looked into
    static SortedSet<String> of(Function<String, List<Problem>> reader, Set<String> whole) {
        KnownKeys keys = new KnownKeys(reader, whole);
        keys.allowed("").orElseThrow().forEach(key -> keys.look(key));
        return keys.found;
    }

    /// The keys that a reader allows in the mapping at a path; empty when no mapping belongs there, or one with any
    /// keys.
    public static Optional<List<String>> at(Function<String, List<Problem>> reader, String path) {
        return new KnownKeys(reader, Set.of()).allowed(path);
    }

    private void look(String path) {
        Optional<List<String>> below = whole.contains(path) ? Optional.empty() : allowed(path);
        if (below.isPresent()) {
            below.get().forEach(key -> look(path + "." + key));
            return;
        }
        Optional<List<String>> inItems = whole.contains(path) ? Optional.empty() : allowed(path + "[]");
        if (inItems.isPresent()) {
            inItems.get().forEach(key -> look(path + "[]." + key));
        } else {
            found.add(path);
        }
    }

    /// The keys allowed under a path; empty when no mapping belongs there.
    private Optional<List<String>> allowed(String path) {
        return reader.apply(Nested.yaml(path.isEmpty() ? STRANGER : path + "." + STRANGER, "1")).stream()
                .map(Problem::message)
                .filter(message -> message.startsWith(COMPLAINT))
                .map(message -> message.substring(COMPLAINT.length(), message.indexOf('.')))
                .map(names -> List.of(names.split(", ")))
                .findFirst();
    }
}
