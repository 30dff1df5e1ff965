package dev.waybill.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.attention.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// docs/attention.md lists every kind in the code's own words; the signature in docs/alerts.md is a true one.
class AttentionDocsTest {
    private static final Pattern EXAMPLE =
            Pattern.compile("secret `(.+?)` and the body `(.+?)`, a message of (\\d+) has"
                    + "\\s+```\\s+Waybill-Signature: t=(\\d+),v1=([0-9a-f]{64})\\s+```");

    @Test
    void every_kind_is_told_in_the_words_of_the_code_and_in_its_order() {
        List<List<String>> told = DocTable.of("docs/attention.md", "What needs attention").rows().stream()
                .map(row -> List.of(DocTable.code(row.getFirst()), row.get(1), row.get(2), row.get(3), row.get(4)))
                .toList();
        List<List<String>> known = Arrays.stream(Kind.values())
                .map(kind -> List.of(
                        kind.code(), kind.severity().text(), kind.alerts() ? "yes" : "no", kind.when(), kind.advice()))
                .toList();
        assertThat(told).isEqualTo(known);
    }

    @Test
    void the_example_of_a_signature_can_be_verified() throws Exception {
        Matcher example = EXAMPLE.matcher(alerts());
        assertThat(example.find()).isTrue();
        assertThat(example.group(4)).isEqualTo(example.group(3));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(example.group(1).getBytes(UTF_8), "HmacSHA256"));
        byte[] signed = mac.doFinal((example.group(3) + "." + example.group(2)).getBytes(UTF_8));
        assertThat(HexFormat.of().formatHex(signed)).isEqualTo(example.group(5));
    }

    private static String alerts() throws IOException {
        return Files.readString(Path.of("docs/alerts.md"));
    }
}
