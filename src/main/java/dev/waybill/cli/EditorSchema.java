package dev.waybill.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/// The JSON Schemas that come with Waybill, one for each kind of YAML file, for editors. They are made from what the
/// readers of the files ask for, by a test, and lie in the jar.
public enum EditorSchema {
    WAYBILL("waybill.yaml"),
    PIPELINE("pipelines/*.yaml"),
    INTEGRATION("integrations/*/*.yaml"),
    KIT("kits/*/kit.yaml"),
    PLAYBOOK("kits/*/playbook.yaml");

    private final String files;

    EditorSchema(String files) {
        this.files = files;
    }

    /// The word that people call it by.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The files it is for, as a glob inside a workspace.
    public String files() {
        return files;
    }

    /// The name of its own file.
    public String fileName() {
        return word() + ".schema.json";
    }

    /// The schema, draft-07, as UTF-8 JSON text with an end of line.
    public byte[] bytes() {
        String path = "schemas/" + fileName();
        try (InputStream in = EditorSchema.class.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + path + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String text() {
        return new String(bytes(), UTF_8);
    }
}
