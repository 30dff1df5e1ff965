package dev.waybill.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Problems;
import dev.waybill.config.YamlFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The kits that integrations can be made of: those that come with Waybill, which `kits/index` lists, and those of a
/// workspace. Immutable and safe for threads.
public final class KitLibrary {
    private static final KitLibrary BUILT_IN = new KitLibrary(readAll(), Set.of());

    private final Map<String, Kit> kits;
    private final Set<String> broken;

    private KitLibrary(Map<String, Kit> kits, Set<String> broken) {
        this.kits = Collections.unmodifiableMap(kits);
        this.broken = Set.copyOf(broken);
    }

    /// The kits that come with Waybill, each read once.
    public static KitLibrary builtIn() {
        return BUILT_IN;
    }

    /// These kits and others.
    ///
    /// @param others none has the name of one that is here
    /// @param broken kits whose files have errors, by name: what needs them can't be used, which is no second error
    public KitLibrary with(Collection<Kit> others, Set<String> broken) {
        Map<String, Kit> all = new LinkedHashMap<>(kits);
        for (Kit kit : others) {
            if (all.putIfAbsent(kit.about().name(), kit) != null) {
                throw new IllegalArgumentException(
                        "there are two kits '" + kit.about().name() + "'");
            }
        }
        return new KitLibrary(all, broken);
    }

    public List<Kit> all() {
        return List.copyOf(kits.values());
    }

    public Set<String> names() {
        return kits.keySet();
    }

    public Optional<Kit> find(String name) {
        return Optional.ofNullable(kits.get(name));
    }

    /// Whether it is a kit whose files have errors.
    public boolean isBroken(String name) {
        return broken.contains(name);
    }

    private static Map<String, Kit> readAll() {
        Map<String, Kit> kits = new LinkedHashMap<>();
        for (String name : resource("kits/index").lines().toList()) {
            Problems problems = new Problems();
            Kit kit = KitReader.read(
                            yaml("kits/" + name + "/kit.yaml", problems),
                            yaml("kits/" + name + "/playbook.yaml", problems),
                            problems)
                    .orElseThrow(() ->
                            new IllegalStateException("the built-in kit " + name + " is broken: " + problems.sorted()));
            kits.put(kit.about().name(), kit);
        }
        return kits;
    }

    private static ConfigNode yaml(String path, Problems problems) {
        return YamlFile.read(path, resource(path), problems).orElse(new ConfigNode.Empty(path, "", 0));
    }

    private static String resource(String path) {
        try (InputStream in = KitLibrary.class.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + path + " is missing");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
