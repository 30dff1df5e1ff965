package dev.waybill.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.config.Problem;
import dev.waybill.config.Problem.Severity;
import dev.waybill.config.Quantity;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One table of a page on settings, held against the reader of the file it tells of.
public final class SettingsTable {
    private static final Pattern RANGE = Pattern.compile("`([^`]+)` to `([^`]+)`");
    private static final Pattern WORDS = Pattern.compile("`[a-z0-9-]+`(, `[a-z0-9-]+`)*");

    private final Map<String, List<String>> rows = new LinkedHashMap<>();
    private final Map<String, String> required;
    private final Function<String, List<Problem>> reader;

    /// Reads a table of docs/settings.md.
    public SettingsTable(String heading, Map<String, String> required, Function<String, List<Problem>> reader) {
        this("docs/settings.md", heading, required, reader);
    }

    /// Reads the table.
    ///
    /// @param required a usable value for each key that the table calls required
    /// @param reader reads the file's text and says what is wrong with it
    public SettingsTable(
            String page, String heading, Map<String, String> required, Function<String, List<Problem>> reader) {
        DocTable.of(page, heading).rows().forEach(row -> rows.put(DocTable.code(row.getFirst()), row));
        this.required = required;
        this.reader = reader;
    }

    /// Fails when the reader knows a key that is not told, or the other way round.
    ///
    /// @param whole keys whose inside another page tells of
    public void listsExactlyTheKeysOfTheReader(Set<String> whole) {
        // What a section holds may depend on another key, so the required ones stand there; twice is once too often.
        Function<String, List<Problem>> withRequired = text -> {
            Map<String, String> others = new TreeMap<>(required);
            others.keySet().removeIf(key -> text.startsWith(key.replaceAll("[.\\[].*", "") + ":"));
            return reader.apply(text + Nested.yaml(others));
        };
        assertThat(new TreeSet<>(rows.keySet())).isEqualTo(KnownKeys.of(withRequired, whole));
    }

    public void callsRequiredWhatIs() {
        assertThat(rows.values().stream()
                        .filter(row -> row.get(1).equals("required"))
                        .map(row -> DocTable.code(row.getFirst())))
                .containsExactlyInAnyOrderElementsOf(required.keySet());
        required.keySet().forEach(key -> {
            Map<String, String> others = new TreeMap<>(required);
            others.remove(key);
            assertThat(errors(others)).as("without %s", key).isNotEmpty();
        });
        assertThat(errors(required)).isEmpty();
    }

    public String withoutDefaults() {
        return Nested.yaml(required);
    }

    public String withDefaults() {
        Map<String, String> values = new TreeMap<>(required);
        rows.forEach((key, row) -> values.putIfAbsent(key, DocTable.code(row.get(1))));
        return Nested.yaml(values);
    }

    /// The keys whose default is said to be nothing.
    public List<String> unset() {
        return rows.keySet().stream()
                .filter(key -> rows.get(key).get(1).equals("`null`"))
                .toList();
    }

    public void givesTheRangesThatTheReaderHolds() {
        rows.forEach((key, row) -> {
            Matcher range = RANGE.matcher(row.get(2));
            if (range.matches()) {
                String low = range.group(1);
                String high = range.group(2);
                assertThat(errors(key, low)).as("%s: %s", key, low).isEmpty();
                assertThat(errors(key, high)).as("%s: %s", key, high).isEmpty();
                beyond(low, high)
                        .forEach(value -> assertThat(errors(key, value))
                                .as("%s: %s", key, value)
                                .isNotEmpty());
            }
        });
    }

    public void givesTheWordsThatTheReaderTakes() {
        rows.forEach((key, row) -> {
            if (WORDS.matcher(row.get(2)).matches() && !row.get(1).equals("required")) {
                String words = row.get(2).replace("`", "");
                Arrays.stream(words.split(", "))
                        .forEach(word -> assertThat(errors(key, word))
                                .as("%s: %s", key, word)
                                .isEmpty());
                assertThat(errors(key, "zz"))
                        .as(key)
                        .singleElement()
                        .asString()
                        .containsPattern("allowed: " + words + "(\\.|$)");
            }
        });
    }

    private List<Problem> errors(String key, String value) {
        Map<String, String> values = new TreeMap<>(required);
        values.put(key, value);
        return errors(values);
    }

    private List<Problem> errors(Map<String, String> values) {
        return reader.apply(Nested.yaml(values)).stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .toList();
    }

    /// The nearest values outside of a range.
    private static List<String> beyond(String low, String high) {
        if (low.matches("\\d+") && high.matches("\\d+")) {
            return List.of(String.valueOf(Long.parseLong(low) - 1), String.valueOf(Long.parseLong(high) + 1));
        }
        if (Quantity.duration(low).isPresent()) {
            return List.of(
                    Quantity.duration(low).orElseThrow().toMillis() - 1 + "ms",
                    Quantity.duration(high).orElseThrow().toMillis() + 1 + "ms");
        }
        return List.of(
                String.valueOf(Quantity.bytes(low).orElseThrow() - 1),
                String.valueOf(Quantity.bytes(high).orElseThrow() + 1));
    }
}
