package dev.waybill.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.workspace.Pipeline;
import dev.waybill.workspace.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Every script that browsers may ask for. Those of the pipelines are built when the first is asked for, and anew when
/// the workspace is another. Safe for threads.
public final class BrowserFiles {
    /// The script's second file, which only pages with a consent platform load.
    private static final String PLATFORMS = "waybill-consent.js";

    /// Nearly all of the script runs while it loads. Chromium, told so, compiles it off the main thread instead of each
    /// function when it is first called; other browsers see a comment.
    private static final String HINT = "//# allFunctionsCalledOnLoad\n";

    private final Supplier<Workspace> workspace;
    private final KeptFiles kept;
    private final Map<String, BrowserFile> plugins = new ConcurrentHashMap<>();
    private volatile @Nullable Built built;

    private record Built(Workspace workspace, Map<String, BrowserFile> byWriteKey, Map<String, BrowserFile> byHash) {}

    /// @param workspace the one in force
    /// @param folder where built scripts are kept; made when absent
    public BrowserFiles(Supplier<Workspace> workspace, Path folder, InstantSource clock) {
        this.workspace = workspace;
        this.kept = new KeptFiles(folder, clock);
    }

    /// The script of the pipeline that has a write key.
    public Optional<BrowserFile> ofPipeline(String writeKey) {
        return Optional.ofNullable(built().byWriteKey.get(writeKey));
    }

    /// The script with a hash, be it of an earlier workspace.
    public Optional<BrowserFile> byHash(String hash) {
        BrowserFile current = built().byHash.get(hash);
        return current == null ? kept.find(hash) : Optional.of(current);
    }

    /// A file that is the same for all pipelines: a plugin for another SDK, or the reader of consent platforms.
    ///
    /// @param name the file's name, such as `waybill-segment.js`
    public Optional<BrowserFile> plugin(String name) {
        BrowserFile loaded = plugins.get(name);
        if (loaded == null) {
            byte[] plain = resource(name);
            if (plain == null) {
                return Optional.empty();
            }
            loaded = BrowserFile.of(plain);
            plugins.put(name, loaded);
        }
        return Optional.of(loaded);
    }

    // A workspace is replaced, never changed: comparing whole ones at each request would be waste.
    @SuppressWarnings("ReferenceEquality")
    private Built built() {
        Workspace current = workspace.get();
        Built before = built;
        if (before != null && before.workspace == current) {
            return before;
        }
        synchronized (this) {
            before = built;
            if (before == null || before.workspace != current) {
                before = build(current);
                built = before;
            }
            return before;
        }
    }

    private Built build(Workspace current) {
        Map<String, BrowserFile> byWriteKey = new HashMap<>();
        Map<String, BrowserFile> byHash = new HashMap<>();
        BrowserFile platforms = platforms();
        for (Pipeline pipeline : current.pipelines().values()) {
            BrowserFile file = BrowserFile.of(script(current, pipeline, platforms));
            kept.keep(file);
            byWriteKey.put(pipeline.writeKey(), file);
            byHash.put(file.hash(), file);
        }
        // Kept after those that name it, so that it is never the one to go before them.
        kept.keep(platforms);
        byHash.put(platforms.hash(), platforms);
        return new Built(current, Map.copyOf(byWriteKey), Map.copyOf(byHash));
    }

    /// The file that reads consent platforms, which every pipeline's script names by its hash.
    private BrowserFile platforms() {
        return plugin(PLATFORMS).orElseThrow(() -> missing(PLATFORMS));
    }

    /// The compiled script is a function of the config.
    private static byte[] script(Workspace workspace, Pipeline pipeline, BrowserFile platforms) {
        byte[] script = resource("waybill.js");
        if (script == null) {
            throw missing("waybill.js");
        }
        JsonObject config = ScriptConfig.of(workspace, pipeline, version(), platforms);
        String function = new String(script, UTF_8).strip();
        if (ScriptConfig.redirects(config)) {
            function = "(function(c){" + redirect() + "(c);" + function + "(c)})";
        }
        return (HINT + function + "(" + new String(JsonText.bytes(config), UTF_8) + ");\n").getBytes(UTF_8);
    }

    /// The part for the source `redirect`: it too is a function of the config, to which it adds one.
    private static String redirect() {
        byte[] part = resource("redirect.js");
        if (part == null) {
            throw missing("redirect.js");
        }
        return new String(part, UTF_8).strip();
    }

    private static IllegalStateException missing(String name) {
        return new IllegalStateException("The program lacks its resource /browser/" + name + "; build it with Maven");
    }

    private static String version() {
        String version = BrowserFiles.class.getPackage().getImplementationVersion();
        return version == null ? "0.1.0" : version;
    }

    private static byte @Nullable [] resource(String name) {
        try (InputStream in = BrowserFiles.class.getResourceAsStream("/browser/" + name)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
