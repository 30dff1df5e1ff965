package dev.waybill.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What the file system says about files without opening them: two equal stamps mean that nothing was written between.
///
/// @param entries path, time, size and identity of each
public record DirectoryStamp(List<String> entries) {
    public DirectoryStamp {
        entries = List.copyOf(entries);
    }

    /// The stamp of a workspace's files.
    public static DirectoryStamp ofWorkspace(Path dir) {
        List<String> entries = new ArrayList<>();
        add(dir.resolve(WorkspaceFiles.SETTINGS), entries);
        walk(dir.resolve(WorkspaceFiles.PIPELINES), 1, entries);
        walk(dir.resolve(WorkspaceFiles.INTEGRATIONS), 2, entries);
        walk(dir.resolve(WorkspaceFiles.KITS), 2, entries);
        return new DirectoryStamp(entries);
    }

    /// The stamp of the files of one directory.
    static DirectoryStamp ofDirectory(Path dir) {
        List<String> entries = new ArrayList<>();
        walk(dir, 1, entries);
        return new DirectoryStamp(entries);
    }

    private static void walk(Path dir, int depth, List<String> entries) {
        add(dir, entries);
        if (depth == 0 || !Files.isDirectory(dir)) {
            return;
        }
        try (Stream<Path> found = Files.list(dir)) {
            found.sorted().forEach(path -> walk(path, depth - 1, entries));
        } catch (IOException | java.io.UncheckedIOException e) {
            entries.add(dir + " can't be listed");
        }
    }

    private static void add(Path path, List<String> entries) {
        try {
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
            entries.add(path + " " + file.lastModifiedTime().toInstant() + " " + file.size() + " " + file.fileKey());
        } catch (IOException e) {
            entries.add(path + " is not there");
        }
    }
}
