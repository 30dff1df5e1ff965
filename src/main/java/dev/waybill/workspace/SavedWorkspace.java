package dev.waybill.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.config.Problem;
import dev.waybill.config.Problem.Severity;
import dev.waybill.config.Problems;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/// The last good workspace, kept as files in `<data>/workspace` with `pins.json`: the SHA-256 of every pinned revision
/// and of the workspace's kits that those are made of.
/// It is written beside and swapped in; a crash between leaves the one before in `workspace.old`.
final class SavedWorkspace {
    private static final String PINS = "pins.json";

    private final Path data;
    private final Path dir;
    private final Path old;
    private final Path next;

    SavedWorkspace(Path data) {
        this.data = data;
        this.dir = data.resolve("workspace");
        this.old = data.resolve("workspace.old");
        this.next = data.resolve("workspace.new");
    }

    /// The files as saved; empty when none were. A pinned revision that isn't what `pins.json` says is left out and
    /// reported, a kit with all its files.
    Optional<WorkspaceFiles> load(Problems problems) {
        Path saved = Files.isDirectory(dir) ? dir : old;
        if (!Files.isDirectory(saved)) {
            return Optional.empty();
        }
        Problems ignored = new Problems();
        WorkspaceFiles files = WorkspaceFiles.read(saved, ignored);
        SortedMap<String, String> texts = new TreeMap<>(files.texts());
        for (Map.Entry<String, String> pin : pins(saved, problems).entrySet()) {
            String text = files.texts().get(pin.getKey());
            if (text == null || !sha256(text).equals(pin.getValue())) {
                forget(pin.getKey(), texts);
                problems.add(new Problem(
                        Severity.WARNING,
                        saved.resolve(pin.getKey()).toString(),
                        0,
                        "",
                        "the server's own copy of a pinned file was changed, damaged or removed; it is not used"));
            }
        }
        return Optional.of(new WorkspaceFiles(texts));
    }

    /// A kit is one thing: a half of it would map otherwise than either whole.
    private static void forget(String path, SortedMap<String, String> texts) {
        texts.remove(path);
        if (path.startsWith(WorkspaceFiles.KITS + "/")) {
            String kit = path.substring(0, path.lastIndexOf('/') + 1);
            texts.keySet().removeIf(each -> each.startsWith(kit));
        }
    }

    private static Map<String, String> pins(Path saved, Problems problems) {
        SortedMap<String, String> pins = new TreeMap<>();
        try {
            if (JsonText.read(Files.readAllBytes(saved.resolve(PINS))) instanceof JsonObject object) {
                object.forEach(pin -> {
                    String hash = pin.getValue().asText();
                    pins.put(pin.getKey(), hash == null ? "" : hash);
                });
            }
        } catch (IOException | JacksonException e) {
            problems.add(new Problem(
                    Severity.WARNING, saved.resolve(PINS).toString(), 0, "", "can't be read; pins are not verified"));
        }
        return pins;
    }

    /// Replaces what was saved. When it fails, what was saved before is still there.
    void save(WorkspaceFiles files) throws IOException {
        delete(next);
        Files.createDirectories(next);
        for (Map.Entry<String, String> file : files.texts().entrySet()) {
            Path path = next.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            write(path, file.getValue().getBytes(UTF_8));
        }
        write(next.resolve(PINS), JsonText.bytes(pins(files)));
        if (Files.isDirectory(dir)) {
            delete(old);
            Files.move(dir, old, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(next, dir, StandardCopyOption.ATOMIC_MOVE);
        forceDirectory(data);
        delete(old);
    }

    private static JsonObject pins(WorkspaceFiles files) {
        JsonObject.Builder pins = JsonObject.builder();
        Set<String> paths = new TreeSet<>(WorkspaceReader.pinnedFiles(files).keySet());
        PinnedKits.of(files, Set.copyOf(paths)).keySet().forEach(kit -> {
            paths.add(WorkspaceFiles.kitFile(kit, WorkspaceFiles.KIT));
            paths.add(WorkspaceFiles.kitFile(kit, WorkspaceFiles.PLAYBOOK));
        });
        paths.forEach(path -> {
            String text = files.texts().get(path);
            if (text != null) {
                pins.put(path, sha256(text));
            }
        });
        return pins.build();
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void write(Path path, byte[] bytes) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                file.write(left);
            }
            file.force(true);
        }
    }

    private static void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> found = Files.walk(directory)) {
            deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
