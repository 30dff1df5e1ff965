package dev.waybill.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Problems;
import dev.waybill.config.YamlFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The kits that come with Waybill, each read once. `kits/index` lists their folders.
public final class KitLibrary {
    private static final Map<String, Kit> BUILT_IN = readAll();

    private KitLibrary() {}

    public static List<Kit> all() {
        return List.copyOf(BUILT_IN.values());
    }

    public static Set<String> names() {
        return BUILT_IN.keySet();
    }

    public static Optional<Kit> find(String name) {
        return Optional.ofNullable(BUILT_IN.get(name));
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
