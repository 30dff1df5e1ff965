package dev.waybill.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.config.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Secrets as files of one directory, `<data>/secrets/NAME`, and the variables of the environment. A secret is read
/// anew each time, so that a changed one counts at the next reload. Safe for threads.
public final class FileSecrets implements Variables {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,100}");
    private static final int MAX_BYTES = 64 << 10;

    private final Path directory;
    private final Map<String, String> environment;

    /// @param directory need not exist
    /// @param environment usually [System#getenv()]
    public FileSecrets(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Optional<String> environment(String name) {
        return Optional.ofNullable(environment.get(name));
    }

    /// Without the newline that editors leave at the end. Empty as well when the name has anything but letters,
    /// digits, `-` and `_`, or the file can't be read or is over 64 KiB.
    @Override
    public Optional<String> secret(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        Path file = directory.resolve(name);
        try {
            return !Files.isRegularFile(file) || Files.size(file) > MAX_BYTES
                    ? Optional.empty()
                    : Optional.of(new String(Files.readAllBytes(file), UTF_8).replaceFirst("\\r?\\n\\z", ""));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
