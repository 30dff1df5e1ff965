package dev.waybill.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.data.DataDirectory;
import dev.waybill.data.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The token that opens API and console: `WAYBILL_ADMIN_TOKEN`, else what stands in `<data>/admin-token`, generated on
/// the first start.
public final class AdminToken {
    private static final Logger LOG = LoggerFactory.getLogger(AdminToken.class);
    public static final String VARIABLE = "WAYBILL_ADMIN_TOKEN";
    private static final int BYTES = 24;

    /// A shorter one is guessed sooner or later.
    private static final int SHORTEST = 16;

    private AdminToken() {}

    /// The server's; one that is easily guessed is told to the log.
    ///
    /// @throws IOException when the file can't be read or written
    static String ofServer(DataDirectory data, Map<String, String> environment) throws IOException {
        weakness(environment.getOrDefault(VARIABLE, "").strip()).ifPresent(LOG::warn);
        Optional<String> known = find(data.adminTokenFile(), environment);
        if (known.isPresent()) {
            return known.get();
        }
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String token = "wb_" + HexFormat.of().formatHex(random);
        DurableFile.write(data.adminTokenFile(), (token + "\n").getBytes(UTF_8));
        return token;
    }

    /// What is wrong with a token that somebody chose; empty when it will do, or when none was given.
    static Optional<String> weakness(String given) {
        return given.isEmpty() || given.length() >= SHORTEST
                ? Optional.empty()
                : Optional.of(
                        "%s has %d characters, and whoever guesses it may do everything; give at least %d, such as those of"
                                        .formatted(VARIABLE, given.length(), SHORTEST)
                                + " `openssl rand -hex 24`, or unset it and the server makes one.");
    }

    /// The token of the server that works, or worked, with a data directory; empty when there is none yet.
    ///
    /// @param file `<data>/admin-token`
    public static Optional<String> find(Path file, Map<String, String> environment) throws IOException {
        String given = environment.get(VARIABLE);
        if (given != null && !given.isBlank()) {
            return Optional.of(given.strip());
        }
        return Files.exists(file)
                ? Optional.of(Files.readString(file).strip()).filter(token -> !token.isEmpty())
                : Optional.empty();
    }
}
