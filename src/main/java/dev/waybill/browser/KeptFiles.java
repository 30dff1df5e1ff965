package dev.waybill.browser;

import dev.waybill.data.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The scripts that were ever built, as files named by their hash, so that a page which names one goes on getting it
/// after the pipeline changed. The newest [#MOST] are kept. Safe for threads.
///
/// A disk that fails takes nothing but old scripts away: it is logged, and what runs now is served from memory.
final class KeptFiles {
    static final int MOST = 100;

    private static final int IN_MEMORY = 20;
    private static final String END = ".js";
    private static final Logger LOG = LoggerFactory.getLogger(KeptFiles.class);

    private final Path folder;
    private final InstantSource clock;
    private final Map<String, BrowserFile> recent = new LinkedHashMap<>(IN_MEMORY, 0.75f, true);

    KeptFiles(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /// Keeps a script, or makes one that is kept the newest.
    synchronized void keep(BrowserFile file) {
        Path path = path(file.hash());
        try {
            Files.createDirectories(folder);
            if (!Files.exists(path)) {
                DurableFile.write(path, file.plain());
            }
            Files.setLastModifiedTime(path, FileTime.from(clock.instant()));
            dropOldest();
        } catch (IOException e) {
            LOG.warn("The script {} is served, but could not be kept for later: {}.", file.path(), e.toString());
        }
    }

    /// A script by its hash; empty when none is kept or its file is damaged.
    synchronized Optional<BrowserFile> find(String hash) {
        if (!BrowserFile.isHash(hash)) {
            return Optional.empty();
        }
        BrowserFile known = recent.get(hash);
        if (known != null) {
            return Optional.of(known);
        }
        try {
            byte[] plain = Files.readAllBytes(path(hash));
            if (!BrowserFile.hash(plain).equals(hash)) {
                LOG.warn("{} is damaged and is not served.", path(hash));
                return Optional.empty();
            }
            BrowserFile read = BrowserFile.of(plain);
            recent.put(hash, read);
            if (recent.size() > IN_MEMORY) {
                recent.remove(recent.keySet().iterator().next());
            }
            return Optional.of(read);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("{} can't be read: {}.", path(hash), e.toString());
            return Optional.empty();
        }
    }

    private Path path(String hash) {
        return folder.resolve(hash + END);
    }

    private void dropOldest() throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.list(folder)) {
            all = found.filter(path -> path.toString().endsWith(END)).toList();
        }
        if (all.size() > MOST) {
            Map<Path, FileTime> times = new LinkedHashMap<>();
            for (Path path : all) {
                times.put(path, Files.getLastModifiedTime(path));
            }
            for (Path old : all.stream()
                    .sorted(Comparator.comparing(times::get))
                    .limit(all.size() - (long) MOST)
                    .toList()) {
                Files.deleteIfExists(old);
            }
        }
    }
}
