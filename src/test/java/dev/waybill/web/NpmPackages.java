package dev.waybill.web;

import java.nio.file.Files;
import java.nio.file.Path;

/// The SDKs from npm as their makers publish them, in the versions that src/test/npm/package.json pins.
final class NpmPackages {
    private static final Path INSTALLED =
            Path.of(System.getProperty("waybill.root", "")).toAbsolutePath().resolve("target/npm/node_modules");

    private NpmPackages() {}

    /// The directory of a package, such as `@segment/analytics-next`.
    ///
    /// @throws AssertionError when it isn't installed: a test that can't run has not passed
    static Path directory(String name) {
        Path directory = INSTALLED.resolve(name);
        if (!Files.isDirectory(directory)) {
            throw new AssertionError(name + " is not in " + INSTALLED + "; run ./verify, which installs what"
                    + " src/test/npm/package-lock.json pins");
        }
        return directory;
    }
}
