package dev.waybill.workspace;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Problems;
import dev.waybill.config.YamlFile;
import dev.waybill.kit.Kit;
import dev.waybill.kit.KitLibrary;
import dev.waybill.kit.KitReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The kits that a workspace declares, read beside those that come with Waybill.
///
/// @param library all of them
/// @param roots the roots of the workspace's `kit.yaml` files
record WorkspaceKits(KitLibrary library, List<ConfigNode> roots) {
    WorkspaceKits {
        roots = List.copyOf(roots);
    }

    static WorkspaceKits read(WorkspaceFiles files, Problems problems) {
        KitLibrary builtIn = KitLibrary.builtIn();
        List<Kit> kits = new ArrayList<>();
        List<ConfigNode> roots = new ArrayList<>();
        Set<String> broken = new HashSet<>();
        for (String name : files.kits()) {
            Optional<ConfigNode> root = root(files, WorkspaceFiles.kitFile(name, WorkspaceFiles.KIT), problems);
            Optional<ConfigNode> playbook =
                    root(files, WorkspaceFiles.kitFile(name, WorkspaceFiles.PLAYBOOK), problems);
            root.ifPresent(roots::add);
            Optional<Kit> kit = root.isEmpty() || playbook.isEmpty()
                    ? Optional.empty()
                    : KitReader.read(root.get(), playbook.get(), problems)
                            .filter(read -> named(read, name, root.get(), builtIn, problems));
            kit.ifPresentOrElse(kits::add, () -> broken.add(name));
        }
        broken.removeAll(builtIn.names());
        return new WorkspaceKits(builtIn.with(kits, broken), roots);
    }

    /// The root of a file; an empty one when there is no such file.
    private static Optional<ConfigNode> root(WorkspaceFiles files, String path, Problems problems) {
        String text = files.texts().get(path);
        return text == null ? Optional.of(new ConfigNode.Empty(path, "", 0)) : YamlFile.read(path, text, problems);
    }

    private static boolean named(Kit kit, String directory, ConfigNode root, KitLibrary builtIn, Problems problems) {
        String name = kit.about().name();
        ConfigNode at =
                root instanceof ConfigNode.Mapping mapping ? mapping.entries().getOrDefault("name", root) : root;
        if (!name.equals(directory)) {
            problems.error(
                    at,
                    "found '" + name + "' in the directory " + WorkspaceFiles.KITS + "/" + directory
                            + "; a kit's name is its directory's: write name: " + directory);
            return false;
        }
        if (builtIn.names().contains(name)) {
            problems.error(
                    at, "'" + name + "' is a kit that comes with Waybill; give yours another name, its directory too");
            return false;
        }
        return true;
    }
}
