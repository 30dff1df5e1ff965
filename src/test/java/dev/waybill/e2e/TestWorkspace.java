package dev.waybill.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/// The files of a workspace, written as a person or a deployment would. Each file is replaced in one step.
public record TestWorkspace(Path directory) {
    public static final String PARTNER = "p-e2e";

    public static TestWorkspace create(Path directory) {
        TestWorkspace workspace = new TestWorkspace(directory);
        workspace.write("waybill.yaml", "allowPrivateEndpoints: true\n");
        return workspace;
    }

    /// A pipeline of one integration, both of the given name; its write key is `wk_` and the name.
    public TestWorkspace lane(String name, String endpoint, String... more) {
        integration(name, 1, PARTNER, endpoint, more);
        return pipeline(name, name, 1);
    }

    public TestWorkspace integration(String name, int revision, String partner, String endpoint, String... more) {
        return write("integrations/" + name + "/" + revision + ".yaml", """
                kit: kargo
                parameters:
                  PARTNER_ID: %s
                  ENDPOINT: %s
                %s
                """.formatted(
                        partner, endpoint, String.join("\n", more)));
    }

    public TestWorkspace pipeline(String name, String integration, int revision) {
        return write("pipelines/" + name + ".yaml", """
                writeKey: wk_%s
                integrations:
                  - {integration: %s, revision: %d}
                """.formatted(name, integration, revision));
    }

    public TestWorkspace write(String file, String text) {
        Path path = directory.resolve(file);
        try {
            Files.createDirectories(path.getParent());
            Path written = Files.writeString(path.resolveSibling("." + path.getFileName() + ".tmp"), text);
            Files.move(written, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /// Takes the right to write from every directory, as where the files come from a repository.
    void forbidWriting() {
        setPermissions("r-xr-xr-x");
    }

    /// Gives it back, so that the files can be deleted.
    public void allowWriting() {
        setPermissions("rwxr-xr-x");
    }

    private void setPermissions(String permissions) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.filter(Files::isDirectory).toList()) {
                Files.setPosixFilePermissions(each, PosixFilePermissions.fromString(permissions));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
