package dev.waybill.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SignatureTest {
    @Test
    void it_is_the_one_of_the_docs() throws IOException {
        String header = Signature.of("whs_an-example-secret", 1795521600L, "{\"text\":\"hello\"}".getBytes(UTF_8));
        assertThat(Files.readString(Path.of("docs/alerts.md"))).contains("Waybill-Signature: " + header + "\n");
    }

    @Test
    void another_secret_time_or_body_gives_another_one() {
        byte[] body = {1, 2, 3};
        assertThat(Signature.of("secret-a", 1, body))
                .isNotEqualTo(Signature.of("secret-b", 1, body))
                .isNotEqualTo(Signature.of("secret-a", 2, body))
                .isNotEqualTo(Signature.of("secret-a", 1, new byte[] {1, 2}));
    }
}
