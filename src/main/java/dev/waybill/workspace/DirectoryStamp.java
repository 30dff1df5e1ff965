package dev.waybill.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What the file system says about files without opening them: two equal stamps mean that nothing was written between.
///
/// @param entries time, size and identity of each, by path
public record DirectoryStamp(SortedMap<Path, String> entries) {
    public DirectoryStamp {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    /// The stamp of a workspace's files.
    public static DirectoryStamp ofWorkspace(Path dir) {
        SortedMap<Path, String> entries = new TreeMap<>();
        add(dir.resolve(WorkspaceFiles.SETTINGS), entries);
        walk(dir.resolve(WorkspaceFiles.PIPELINES), 1, entries);
        walk(dir.resolve(WorkspaceFiles.INTEGRATIONS), 2, entries);
        walk(dir.resolve(WorkspaceFiles.KITS), 2, entries);
        return new DirectoryStamp(entries);
    }

    /// The stamp of the files of one directory.
    static DirectoryStamp ofDirectory(Path dir) {
        SortedMap<Path, String> entries = new TreeMap<>();
        walk(dir, 1, entries);
        return new DirectoryStamp(entries);
    }

    /// The files and directories that another stamp knows otherwise.
    SortedSet<Path> differing(DirectoryStamp other) {
        SortedSet<Path> paths = new TreeSet<>(entries.keySet());
        paths.addAll(other.entries.keySet());
        paths.removeIf(path -> Objects.equals(entries.get(path), other.entries.get(path)));
        return paths;
    }

    private static void walk(Path dir, int depth, SortedMap<Path, String> entries) {
        add(dir, entries);
        if (depth == 0 || !Files.isDirectory(dir)) {
            return;
        }
        try (Stream<Path> found = Files.list(dir)) {
            found.sorted().forEach(path -> walk(path, depth - 1, entries));
        } catch (IOException | java.io.UncheckedIOException e) {
            entries.put(dir, "can't be listed");
        }
    }

    private static void add(Path path, SortedMap<Path, String> entries) {
        try {
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
            entries.put(path, file.lastModifiedTime().toInstant() + " " + file.size() + " " + file.fileKey());
        } catch (IOException e) {
            entries.put(path, "is not there");
        }
    }
}
