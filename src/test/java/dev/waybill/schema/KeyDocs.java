package dev.waybill.schema;

import dev.waybill.docs.DocTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a table of the docs says about keys: its first column is `key`, its last `meaning`, and one may be `allowed`.
final class KeyDocs {
    static final KeyDocs NONE = new KeyDocs();

    private static final Pattern LINK = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");

    private final Map<String, List<String>> rows = new HashMap<>();

    private KeyDocs() {}

    /// Reads the table under a heading of a page.
    static KeyDocs of(String page, String heading) {
        KeyDocs docs = new KeyDocs();
        DocTable.of(page, heading).rows().forEach(row -> docs.rows.put(DocTable.code(row.getFirst()), row));
        return docs;
    }

    /// What is said elsewhere than in a page.
    static KeyDocs of(Map<String, String> meanings) {
        KeyDocs docs = new KeyDocs();
        meanings.forEach((key, meaning) -> docs.rows.put(key, List.of(key, meaning)));
        return docs;
    }

    /// Without the keys below one.
    KeyDocs without(String key) {
        KeyDocs docs = new KeyDocs();
        rows.forEach((path, row) -> {
            if (!path.startsWith(key + ".")) {
                docs.rows.put(path, row);
            }
        });
        return docs;
    }

    /// What a key is.
    Optional<String> meaning(String path) {
        return Optional.ofNullable(rows.get(path)).map(row -> plain(row.getLast()));
    }

    /// What a key's value may be; empty when there is no such column.
    Optional<String> allowed(String path) {
        return Optional.ofNullable(rows.get(path))
                .filter(row -> row.size() == 4)
                .map(row -> plain(row.get(2)));
    }

    /// Without links, marks of footnotes and what is below, which mean nothing in an editor.
    private static String plain(String cell) {
        return LINK.matcher(cell)
                .replaceAll("$1")
                .replace("†", "")
                .replace("; see below", "")
                .strip();
    }
}
