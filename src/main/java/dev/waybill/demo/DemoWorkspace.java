package dev.waybill.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
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
    /// @param sites where shop and sandbox are reached
    /// @return a sentence for each kept file that was written for other addresses than today's
    /// @throws IOException when a file can't be written or read
    public static List<String> write(Path directory, DemoSites sites) throws IOException {
        List<String> stale = new ArrayList<>();
        for (String name : FILES) {
            Path file = directory.resolve(name);
            Path folder = file.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            String text = filled(template(name), sites);
            try {
                Files.writeString(file, text, UTF_8, StandardOpenOption.CREATE_NEW);
            } catch (FileAlreadyExistsException _) {
                // A demo with --data keeps what its user changed.
                String needed = needed(name, sites);
                if (!Files.readString(file).contains(needed)) {
                    stale.add(file + " was written for other addresses: it lacks " + needed
                            + ". Put it in, or remove the file and start again.");
                }
            }
        }
        return stale;
    }

    /// What a file must hold to work today.
    private static String needed(String name, DemoSites sites) {
        return switch (name) {
            case "pipelines/web.yaml" -> sites.shop();
            case "integrations/kargo-demo/1.yaml" -> sites.sandbox().toString();
            default -> "";
        };
    }

    private static String filled(String template, DemoSites sites) {
        return template.replace("{sandbox}", sites.sandbox().toString())
                .replace("{idUrl}", sites.idUrl())
                .replace("{origins}", "  - " + String.join("\n  - ", sites.origins()));
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
