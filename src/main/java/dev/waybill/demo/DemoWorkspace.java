package dev.waybill.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// The workspace that the demo runs on: files to read, change and keep.
public final class DemoWorkspace {
    /// The write key of its one pipeline.
    public static final String WRITE_KEY = "wk_demo";

    private static final List<String> FILES =
            List.of("waybill.yaml", "pipelines/web.yaml", "integrations/kargo-demo/1.yaml");

    private DemoWorkspace() {}

    /// Writes the files that are not there yet; those that are stay as they are.
    ///
    /// @param sandbox where the sandbox listens, without a slash at the end
    /// @throws IOException when a file can't be written
    public static void write(Path directory, URI sandbox) throws IOException {
        for (String name : FILES) {
            Path file = directory.resolve(name);
            Path folder = file.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            String text = template(name).replace("{sandbox}", sandbox.toString());
            try {
                Files.writeString(file, text, UTF_8, StandardOpenOption.CREATE_NEW);
            } catch (FileAlreadyExistsException _) {
                // A demo with --data keeps what its user changed.
            }
        }
    }

    private static String template(String name) throws IOException {
        try (InputStream in = DemoWorkspace.class.getResourceAsStream("/demo/workspace/" + name)) {
            if (in == null) {
                throw new IOException("The program lacks its resource /demo/workspace/" + name);
            }
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
