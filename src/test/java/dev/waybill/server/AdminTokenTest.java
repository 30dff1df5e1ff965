package dev.waybill.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.data.DataDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminTokenTest {
    @TempDir
    Path root;

    @Test
    void a_token_that_can_be_guessed_is_refused_at_the_start() throws Exception {
        try (DataDirectory data = DataDirectory.open(root)) {
            assertThatThrownBy(() -> AdminToken.ofServer(data, Map.of(AdminToken.VARIABLE, " secret \n")))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            "WAYBILL_ADMIN_TOKEN has 6 characters, and whoever guesses it may do everything; give at"
                                    + " least 16, such as those of `openssl rand -hex 24`, or unset it and the server makes one");
            assertThat(AdminToken.ofServer(data, Map.of(AdminToken.VARIABLE, "sixteen-letters!")))
                    .isEqualTo("sixteen-letters!");
            String made = AdminToken.ofServer(data, Map.of());
            assertThat(made).hasSizeGreaterThan(16);
            assertThat(AdminToken.ofServer(data, Map.of(AdminToken.VARIABLE, " ")))
                    .isEqualTo(made);
        }
    }
}
