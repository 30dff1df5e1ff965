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

    /// Reads the table under a heading of docs/settings.md.
    static KeyDocs of(String heading) {
        KeyDocs docs = new KeyDocs();
        DocTable.of("docs/settings.md", heading)
                .rows()
                .forEach(row -> docs.rows.put(DocTable.code(row.getFirst()), row));
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

    /// Without links and marks of footnotes, which mean nothing in an editor.
    private static String plain(String cell) {
        return LINK.matcher(cell).replaceAll("$1").replace("†", "").strip();
    }
}
