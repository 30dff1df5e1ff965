package dev.waybill.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The machine's own Chromium, without a window: one driver and one shared browser per JVM, both ended with it. Not
/// safe for threads; all browser tests run on one.
final class Chromium {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final double SLOW_MS = 60_000;

    private static @Nullable Playwright driver;
    private static @Nullable Browser shared;

    private Chromium() {}

    /// What the browser does with cookies of other sites. Debian's Chromium blocks them unless it is told otherwise.
    enum ThirdPartyCookies {
        BLOCKED,
        ALLOWED
    }

    /// A context of the shared browser without anything kept; it blocks the cookies of other sites.
    static BrowserContext fresh() {
        return fresh(new Browser.NewContextOptions());
    }

    /// The same with options, such as another time zone.
    static BrowserContext fresh(Browser.NewContextOptions options) {
        Browser browser = shared;
        if (browser == null) {
            browser = driver().chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(path())
                            .setChromiumSandbox(!root())
                            .setTimeout(SLOW_MS)
                            .setArgs(arguments()));
            shared = browser;
        }
        return browser.newContext(options);
    }

    /// A browser of its own on a profile directory, which keeps what it stored when it is closed and started again.
    static BrowserContext withProfile(Path profile, ThirdPartyCookies cookies) {
        prefer(profile, cookies);
        return driver().chromium()
                .launchPersistentContext(
                        profile,
                        new BrowserType.LaunchPersistentContextOptions()
                                .setExecutablePath(path())
                                .setChromiumSandbox(!root())
                                .setTimeout(SLOW_MS)
                                .setArgs(arguments()));
    }

    /// Sets the preference before the profile's first start; later ones keep the browser's own file.
    private static void prefer(Path profile, ThirdPartyCookies cookies) {
        Path preferences = profile.resolve("Default").resolve("Preferences");
        if (cookies == ThirdPartyCookies.BLOCKED || Files.exists(preferences)) {
            return;
        }
        try {
            Files.createDirectories(preferences.getParent());
            Files.writeString(preferences, "{\"profile\":{\"cookie_controls_mode\":0}}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Playwright driver() {
        Playwright running = driver;
        if (running == null) {
            running = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            driver = running;
            Runtime.getRuntime().addShutdownHook(new Thread(running::close));
        }
        return running;
    }

    /// @throws AssertionError when there is none: a browser test that can't run has not passed
    private static Path path() {
        String searched = System.getenv("PATH") == null ? "" : System.getenv("PATH");
        Stream<Path> directories = Stream.concat(Stream.of(searched.split(":")), Stream.of("/usr/bin"))
                .filter(directory -> !directory.isEmpty())
                .map(Path::of);
        Optional<Path> found = directories
                .flatMap(directory -> NAMES.stream().map(directory::resolve))
                .filter(Files::isExecutable)
                .findFirst();
        return found.orElseThrow(() -> new AssertionError("no Chromium on the PATH or in /usr/bin (looked for "
                + String.join(", ", NAMES) + "); run ./verify, which installs it, or apt-get install chromium"));
    }

    /// Chromium refuses to start its sandbox for root.
    private static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(
                "--disable-background-networking", "--disable-component-update", "--no-first-run", "--disable-sync"));
        if (root()) {
            arguments.add("--no-sandbox");
        }
        return arguments;
    }
}
