package dev.waybill.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.data.DataDirectory;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminTokenTest {
    @TempDir
    Path root;

    @Test
    void a_token_that_can_be_guessed_is_warned_of_and_works() throws Exception {
        assertThat(AdminToken.weakness("secret"))
                .contains("WAYBILL_ADMIN_TOKEN has 6 characters, and whoever guesses it may do everything; give at"
                        + " least 16, such as those of `openssl rand -hex 24`, or unset it and the server makes one.");
        assertThat(AdminToken.weakness("sixteen-letters!")).isEmpty();
        try (DataDirectory data = DataDirectory.open(root)) {
            assertThat(AdminToken.ofServer(data, Map.of(AdminToken.VARIABLE, " secret \n")))
                    .isEqualTo("secret");
        }
    }

    @Test
    void without_one_the_server_makes_one_and_keeps_it() throws Exception {
        assertThat(AdminToken.weakness("")).isEmpty();
        try (DataDirectory data = DataDirectory.open(root)) {
            String made = AdminToken.ofServer(data, Map.of());
            assertThat(made).hasSizeGreaterThan(16);
            assertThat(AdminToken.ofServer(data, Map.of(AdminToken.VARIABLE, " ")))
                    .isEqualTo(made);
        }
    }
}
