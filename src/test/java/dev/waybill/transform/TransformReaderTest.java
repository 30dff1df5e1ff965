package dev.waybill.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Problem;
import dev.waybill.config.Problems;
import dev.waybill.config.YamlFile;
import dev.waybill.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TransformReaderTest {
    @Test
    void an_unknown_transform_is_told_with_all_that_there_are_and_the_nearest() {
        assertThat(problems("[trim, lowercas]"))
                .containsExactly("p.yaml:1: [1]: there is no transform 'lowercas'; allowed: "
                        + String.join(", ", TransformKind.words()) + ". Did you mean 'lowercase'?");
        assertThat(problems("[{Hash: md5}]")).singleElement().asString().endsWith(" Did you mean 'hash'?");
        assertThat(problems("[sparkle]")).singleElement().asString().endsWith("sum, lookup.");
    }

    @Test
    void all_mistakes_of_a_list_are_told_at_once_and_the_rest_is_read() {
        Problems problems = new Problems();
        List<Transform> read = read("[trim, {hash: sha265}, nope, {substring: {begin: 1}}, uppercase]", problems);
        assertThat(problems.sorted()).hasSize(4);
        assertThat(read).hasSizeGreaterThanOrEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '§', quoteCharacter = '`', textBlock = """
            lowercase § found 'lowercase'; a list of transforms belongs here, such as [trim, {hash: sha256}]
            {hash: md5} § found a mapping; a list of transforms belongs here, such as [trim, {hash: sha256}]
            [[trim]] § [0]: found a list; a transform belongs here: a word such as trim, or one key such as {hash: sha256}
            [null] § [0]: found nothing; a transform belongs here: a word such as trim, or one key such as {hash: sha256}
            [{trim: , hash: md5}] § [0]: found a mapping of 2 keys; each transform is an item of its own: a word such as trim, or one key such as {hash: sha256}
            [{trim: both}] § [0].trim: 'trim' has no options; write the word alone
            [join] § [0]: 'join' needs its option; write {join: …}
            [{hash: }] § [0]: 'hash' needs its option; write {hash: …}
            [substring] § [0]: 'substring' needs its option; write {substring: {start: …, length: …}}
            [{join: [a]}] § [0].join: found a list; a text belongs here
            [{split: ''}] § [0].split: found an empty text; at least one character belongs here
            [{split: "\\uD83D"}] § [0].split: found half a character (a lone surrogate); write the whole character
            [{pluck: ''}] § [0].pluck: found an empty text; at least one character belongs here
            [{hash: sha265}] § [0].hash: found 'sha265'; allowed: md5, sha1, sha256, sha512. Did you mean 'sha256'?
            [{hash: {}}] § [0].hash: found a mapping; allowed: md5, sha1, sha256, sha512.
            [{truncateFloat: two}] § [0].truncateFloat: found 'two'; allowed: a whole number from 0 to 20
            [{truncateFloat: -1}] § [0].truncateFloat: found '-1'; allowed: a whole number from 0 to 20
            [{toEpoch: milis}] § [0].toEpoch: found 'milis'; allowed: seconds, millis. Did you mean 'millis'?
            [{fromEpoch: []}] § [0].fromEpoch: found a list; allowed: seconds, millis.
            [{sum: {}}] § [0].sum: found a mapping; a text belongs here
            [{flatten: {}}] § [0].flatten: found a mapping; a text belongs here
            [{replace: {find: a}}] § [0].replace: 'with' is missing: what takes its place; '' for nothing
            [{replace: {find: '', with: b}}] § [0].replace.find: found an empty text; at least one character belongs here
            [{replace: {find: a, with: b, all: true}}] § [0].replace.all: 'all' is no known key here; allowed: find, with.
            [{replace: a}] § [0].replace: found 'a'; a mapping of keys and values belongs here | [0].replace: 'find' is missing: the text to look for | [0].replace: 'with' is missing: what takes its place; '' for nothing
            [{substring: {}}] § [0].substring: 'start' is missing: where the part starts, from 0; or 'length', the most characters it has
            [{substring: {start: x, length: 0}}] § [0].substring.start: found 'x'; allowed: a whole number from -1000000 to 1000000 | [0].substring.length: found '0'; allowed: a whole number from 1 to 1000000
            [{regexReplace: {pattern: '(a', with: ''}}] § [0].regexReplace.pattern: no valid regular expression: missing closing ); the syntax is RE2's, without look-around and back-references
            [{regexReplace: {pattern: '(a)', with: 'x$2'}}] § [0].regexReplace.with: '$2' means group 2; the pattern has 1; write \\$ for a dollar
            [{regexExtract: {pattern: 'a(?=b)'}}] § [0].regexExtract.pattern: no valid regular expression: invalid or unsupported Perl syntax; the syntax is RE2's, without look-around and back-references
            [{regexExtract: {pattern: '(a)', group: 2}}] § [0].regexExtract.group: found '2'; allowed: a whole number from 0 to 1
            [{regexExtract: {group: 2}}] § [0].regexExtract: 'pattern' is missing: the regular expression
            [{regexExtract: {pattern: '(a{100}){100}'}}] § [0].regexExtract.pattern: the pattern repeats too much: unfolded it has more than 1,000 steps; use smaller counts in {…}
            [{normalizePhone: us}] § [0].normalizePhone: found 'us'; allowed: a country's two capital letters (ISO 3166) such as US, GB or DE. Did you mean 'US'?
            [{normalizePhone: UK}] § [0].normalizePhone: found 'UK'; allowed: a country's two capital letters (ISO 3166) such as US, GB or DE. Did you mean 'GB'?
            [{normalizePhone: [US]}] § [0].normalizePhone: found a list; allowed: a country's two capital letters (ISO 3166) such as US, GB or DE.
            [{urlPart: hosts}] § [0].urlPart: found 'hosts'; allowed: scheme, host, port, path, query, fragment. Did you mean 'host'?
            [{urlPart: {param: q}}] § [0].urlPart: 'query' is missing: the name of the query parameter | [0].urlPart.param: 'param' is no known key here; allowed: query.
            [{lookup: {default: x}}] § [0].lookup: 'table' is missing: a mapping of texts to values, such as {gb: UK, us: USA}
            [{lookup: {table: {}}}] § [0].lookup.table: the table is empty; write at least one entry, such as {gb: UK}
            [{lookup: {table: [a]}}] § [0].lookup.table: found a list; a mapping of keys and values belongs here
            [{lookup: {table: {a: [b]}}}] § [0].lookup.table.a: found a list; a text, a number or a boolean belongs here
            [{lookup: {table: {a: .inf}}}] § [0].lookup.table.a: found '.inf'; allowed: a decimal number of at most 400 digits; write '.inf' in quotes if a text is meant
            [{lookup: {table: {A: 1, a: 2}, ignoreCase: true}}] § [0].lookup.table.a: 'A' and 'a' are the same text when the case is ignored; keep one
            [{lookup: {table: {a: 1}, ignorecase: true}}] § [0].lookup.ignorecase: 'ignorecase' is no known key here; allowed: default, ignoreCase, table. Did you mean 'ignoreCase'?
            """)
    void every_mistake_is_told_with_what_is_allowed(String yaml, String expected) {
        assertThat(String.join(" | ", problems(yaml)).replace("p.yaml:1: ", "")).isEqualTo(expected);
    }

    @Test
    void a_list_has_at_most_50_transforms() {
        assertThat(problems("[" + "trim, ".repeat(50) + "]")).isEmpty();
        assertThat(problems("[" + "trim, ".repeat(51) + "]"))
                .containsExactly("p.yaml:1: found 51 transforms; at most 50 are allowed");
    }

    @Test
    void texts_and_patterns_have_at_most_1000_characters() {
        assertThat(problems("[{split: " + "x".repeat(1001) + "}]"))
                .containsExactly("p.yaml:1: [0].split: found 1001 characters; at most 1,000 are allowed");
        assertThat(problems("[{regexExtract: {pattern: " + "x".repeat(1001) + "}}]"))
                .containsExactly(
                        "p.yaml:1: [0].regexExtract.pattern: found 1001 characters; at most 1,000 are allowed");
        assertThat(problems("[{regexExtract: {pattern: " + "x".repeat(990) + "}}]"))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_transform_s_example_has_its_word(TransformKind kind) {
        assertThat(kind.example()).contains(kind.word());
        assertThat(TransformKind.of(kind.word())).contains(kind);
    }

    @Test
    void nothing_is_an_empty_list() {
        assertThat(problems("")).isEmpty();
        assertThat(problems("[]")).isEmpty();
        assertThat(problems("[{lowercase: }]")).isEmpty();
    }

    @Test
    void patterns_that_people_write_are_not_too_large() {
        for (String pattern : List.of(
                "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
                "^(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}\\d{1,3}$",
                "^[^@\\s]{1,64}@[^@\\s]{1,190}$",
                "[]a]{3}\\p{Greek}{2}\\x{1F600}{2}\\{3}[[:alpha:]]{2}",
                "a{,3}{b}")) {
            assertThat(problems("[{regexExtract: {pattern: '" + pattern + "'}}]"))
                    .as(pattern)
                    .isEmpty();
        }
    }

    @Test
    void patterns_that_would_take_the_whole_memory_are_refused_before_they_are_compiled() {
        for (String pattern : List.of(
                "(((((a{1000}){1000}){1000}){1000}){1000}){1000}",
                "((([ab]{999}){999}){999}){999}",
                "(((\\pL{1,999}){0,999}){999,}){999}",
                "((((?:){1000}){1000}){1000}){1000}",
                "(a{1000}b{1000}){1000}")) {
            assertThat(problems("[{regexExtract: {pattern: '" + pattern + "'}}]"))
                    .as(pattern)
                    .singleElement()
                    .asString()
                    .contains("the pattern ");
        }
        assertThat(problems("[{regexExtract: {pattern: '" + "(".repeat(500) + "'}}]"))
                .hasSize(1);
        assertThat(problems("[{regexExtract: {pattern: '" + "(".repeat(499) + "a" + ")".repeat(499) + "'}}]"))
                .hasSizeLessThan(2);
    }

    @Test
    void what_a_transform_tells_starts_with_its_name_and_never_holds_the_value() {
        List<String> told = new ArrayList<>();
        Transform hash = read("[toFloat]", new Problems()).getFirst();
        assertThat(hash.apply(new Json.Str("secret"), told::add)).isNull();
        assertThat(told).containsExactly("toFloat: found a text that is no number");
    }

    private static List<String> problems(String yaml) {
        Problems problems = new Problems();
        read(yaml, problems);
        return problems.sorted().stream().map(Problem::toString).toList();
    }

    private static List<Transform> read(String yaml, Problems problems) {
        ConfigNode list = YamlFile.read("p.yaml", yaml, problems).orElseThrow();
        return TransformReader.read(list, problems);
    }
}
