package dev.waybill.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlEditTest {
    private static final List<String> ORDER = List.of("writeKey", "origins", "cookie", "consent", "integrations");

    private static final String HAND_WRITTEN = """
            # The shop. Ask Ana before you change it.
            writeKey: "wk_shop"   # public
            integrations:
              # Kargo, live since May
              - integration: kargo-main
                revision: 1            # not 2: see the ticket
                enabled: true

              - {integration: crm, revision: 4, mode: 'shadow'}

            # where events may come from
            origins:
              - https://www.example.com
              - "https://shop.example.com"
            consent: {scope: us, category: null}
            # the end
            """;

    @Test
    void a_pin_is_changed_where_it_stands_and_all_else_stays() {
        assertThat(changed(HAND_WRITTEN, """
                {"writeKey":"wk_shop",
                 "integrations":[{"integration":"kargo-main","revision":3,"enabled":false},
                                 {"mode":"live","revision":5,"integration":"crm"}],
                 "origins":["https://www.example.com","https://shop.example.com"],
                 "consent":{"scope":"us","category":null}}"""))
                .isEqualTo(HAND_WRITTEN
                        .replace("revision: 1  ", "revision: 3  ")
                        .replace("enabled: true", "enabled: false")
                        .replace("revision: 4", "revision: 5")
                        .replace("'shadow'", "'live'"));
    }

    @Test
    void a_byte_order_mark_stays_where_it_is() {
        assertThat(changed("\uFEFFwriteKey: wk\n", "{\"writeKey\":\"wk\",\"origins\":[\"https://a.com\"]}"))
                .isEqualTo("\uFEFFwriteKey: wk\norigins: [https://a.com]\n");
    }

    @ParameterizedTest
    @CsvSource({"'   # shop\n', ''", "',  # shop\n', ''", "' ', '  '"})
    void the_last_item_of_a_list_over_several_lines_takes_only_its_own_comment_along(String behind, String left) {
        assertThat(changed(
                        "origins: [\n  https://a.com,  # main\n  https://b.com" + behind + "]\n",
                        "{\"origins\":[\"https://a.com\"]}"))
                .isEqualTo("origins: [\n  https://a.com,  # main\n" + left + (left.isEmpty() ? "" : " ") + "]\n");
    }

    @Test
    void pins_origins_and_keys_come_and_go_without_a_trace_in_the_rest() {
        assertThat(changed(HAND_WRITTEN, """
                {"writeKey":"wk_shop",
                 "integrations":[{"integration":"crm","revision":4,"mode":"shadow"},
                                 {"integration":"new","revision":1,"enabled":true}],
                 "origins":["https://shop.example.com","https://m.example.com"],
                 "cookie":{"domain":"example.com"},
                 "consent":{"scope":"gdpr","category":["C0004"]}}""")).isEqualTo("""
            # The shop. Ask Ana before you change it.
            writeKey: "wk_shop"   # public
            integrations:
              # Kargo, live since May

              - {integration: crm, revision: 4, mode: 'shadow'}
              - integration: new
                revision: 1
                enabled: true

            # where events may come from
            origins:
              - "https://shop.example.com"
              - https://m.example.com
            cookie: {domain: example.com}
            consent: {scope: gdpr, category: [C0004]}
            # the end
            """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a: {x: 1, y: 2, z: 3}|{\"a\":{\"y\":2}}|a: {y: 2}",
                "a: {x: 1}|{\"a\":{\"w\":\"b c\"}}|a: {w: b c}",
                "a: {x: 1}|{\"a\":{}}|a: {}",
                "a: {}|{\"a\":{\"x\":1}}|a: {x: 1}",
                "a: []|{\"a\":[\"x\",\"1\"]}|a: [x, '1']",
                "a: [x, y, z]|{\"a\":[\"z\",\"x\",\"y\"]}|a: [z, x, y]",
                "a: [x, y, z]|{\"a\":[\"x\",\"q\",\"z\"]}|a: [x, q, z]",
                "a: [x, y,]|{\"a\":[\"x\",\"y\",\"z\"]}|a: [x, y, z,]",
                "a: # why|{\"a\":[\"x\"]}|a: [x] # why",
                "a:|{\"a\":\"x\"}|a: x",
                "a: x|{\"a\":null}|a: null",
                "a: 'x'  # c|{\"a\":\"it's\"}|a: 'it''s'  # c",
                "a: \"x\"|{\"a\":\"q\\\"\"}|a: \"q\\\"\"",
                "a: x|{\"a\":\"yes\"}|a: 'yes'",
                "a: x|{\"a\":\"a: b\"}|a: 'a: b'",
                "a: x|{\"a\":\"#b\"}|a: '#b'",
                "a: x|{\"a\":\"12\"}|a: '12'",
                "a: x|{\"a\":12}|a: 12",
                "a: x|{\"a\":\"line\\nnext\\u202e\"}|a: \"line\\nnext\\u202e\"",
                "a: 😀 # c|{\"a\":\"b\",\"c\":1}|`a: b # c\nc: 1`",
                "`a:\n- x\n- y`|{\"a\":[]}|`a: []\n`",
                "`a:\n- x\n- y`|{\"a\":[\"y\"]}|`a:\n- y`",
                "`a:\n- x`|{\"a\":[\"x\",\"w\"]}|`a:\n- x\n- w`",
                "`a:\n- k: 1 # one\n  # two\n  l: 2`|{\"a\":[{\"l\":2}]}|`a:\n- \n  # two\n  l: 2`",
                "`a: |\n  text # no comment\nb: 1`|{\"a\":\"x\",\"b\":1}|`a: x\nb: 1`",
                "`a:\n  b:\n    c: 1\n  # about d\n  d: 2\n`|{\"a\":{\"d\":3}}|`a:\n  # about d\n  d: 3\n`",
                "`a: {x: 1,\n  # about y\n  y: 2}`|{\"a\":{\"x\":1}}|`a: {x: 1\n  # about y\n      }`",
            })
    void each_form_is_changed_in_its_own_way(String before, String wanted, String after) {
        assertThat(changed(before, wanted)).isEqualTo(after);
    }

    @Test
    void the_ends_of_lines_stay_what_they_are() {
        assertThat(changed("# a\r\na:\r\n  - x\r\n", "{\"a\":[\"x\",\"w\"],\"b\":{\"c\":1}}"))
                .isEqualTo("# a\r\na:\r\n  - x\r\n  - w\r\nb: {c: 1}\r\n");
    }

    @Test
    void a_file_of_comments_gets_its_keys_below_them() {
        assertThat(changed("# to be filled\n", "{\"integrations\":[],\"writeKey\":\"wk\"}"))
                .isEqualTo("# to be filled\nwriteKey: wk\nintegrations: []\n");
    }

    @Test
    void what_an_alias_would_change_along_is_refused() {
        String shared = "a: &one {x: 1}\nb: *one\n";
        assertThat(YamlEdit.apply(shared, object("{\"a\":{\"x\":2},\"b\":{\"x\":1}}"), ORDER))
                .isEmpty();
        assertThat(changed(shared, "{\"a\":{\"x\":1},\"b\":{\"x\":3}}")).isEqualTo("a: &one {x: 1}\nb: {x: 3}\n");
    }

    @Test
    void what_is_no_yaml_is_refused() {
        assertThat(YamlEdit.apply("a: [", JsonObject.EMPTY, ORDER)).isEmpty();
        assertThat(YamlEdit.apply("a: 1\n---\nb: 2\n", JsonObject.EMPTY, ORDER)).isEmpty();
    }

    private static String changed(String text, String wanted) {
        return YamlEdit.apply(text, object(wanted), ORDER).orElse("refused");
    }

    private static JsonObject object(String json) {
        return (JsonObject) JsonText.read(json);
    }
}
