package dev.waybill.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.config.Nearest;
import dev.waybill.config.Problem;
import dev.waybill.config.Problem.Severity;
import dev.waybill.config.Problems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The texts of a workspace's files at one moment, so that all later work looks at the same ones. Immutable.
///
/// @param texts by path inside the workspace with `/`: `waybill.yaml`, `pipelines/NAME.yaml`,
///     `integrations/NAME/NUMBER.yaml`, `kits/NAME/kit.yaml`, `kits/NAME/playbook.yaml`
public record WorkspaceFiles(SortedMap<String, String> texts) {
    static final String SETTINGS = "waybill.yaml";
    public static final String PIPELINES = "pipelines";
    public static final String INTEGRATIONS = "integrations";
    static final String KITS = "kits";
    static final String KIT = "kit.yaml";
    static final String PLAYBOOK = "playbook.yaml";

    private static final String YAML = ".yaml";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern REVISION = Pattern.compile("[1-9][0-9]{0,8}");
    private static final int MAX_FILE_BYTES = 4 << 20;
    private static final int MAX_FILES = 10_000;

    public WorkspaceFiles {
        texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
    }

    /// Whether a pipeline, an integration or a kit may be called so: letters, digits, `-` and `_`, at most 64. No such
    /// name leads out of its directory.
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    public static String pipelineFile(String pipeline) {
        return PIPELINES + "/" + pipeline + YAML;
    }

    public static String revisionFile(String integration, int revision) {
        return INTEGRATIONS + "/" + integration + "/" + revision + YAML;
    }

    static String kitFile(String kit, String file) {
        return KITS + "/" + kit + "/" + file;
    }

    /// The pipeline's name of a path, or the revision's number: its last part without `.yaml`.
    public static String stem(String path) {
        return path.substring(path.lastIndexOf('/') + 1, path.length() - YAML.length());
    }

    /// The integration's name of a revision's path.
    public static String integration(String path) {
        return path.substring(INTEGRATIONS.length() + 1, path.lastIndexOf('/'));
    }

    /// The files below a directory of the workspace.
    public SortedMap<String, String> under(String directory) {
        // '0' follows '/'
        return texts.subMap(directory + "/", directory + "0");
    }

    /// The names of the kits that have a `kit.yaml` here.
    List<String> kits() {
        return under(KITS).keySet().stream()
                .filter(path -> path.endsWith("/" + KIT))
                .map(path -> path.substring(KITS.length() + 1, path.lastIndexOf('/')))
                .toList();
    }

    WorkspaceFiles without(Collection<String> paths) {
        SortedMap<String, String> left = new TreeMap<>(texts);
        left.keySet().removeAll(paths);
        return new WorkspaceFiles(left);
    }

    public WorkspaceFiles with(Map<String, String> others) {
        SortedMap<String, String> all = new TreeMap<>(texts);
        all.putAll(others);
        return new WorkspaceFiles(all);
    }

    /// Reads all files. What can't be read, or is named so that it would be passed over, goes to the problems.
    public static WorkspaceFiles read(Path dir, Problems problems) {
        Reading reading = new Reading(dir, problems);
        if (Files.isDirectory(dir)) {
            reading.all();
        } else {
            problems.add(new Problem(
                    Severity.ERROR, dir.toString(), 0, "", "there is no such directory; a workspace is one"));
        }
        return new WorkspaceFiles(reading.texts);
    }

    private static final class Reading {
        private final Path dir;
        private final Problems problems;
        private final SortedMap<String, String> texts = new TreeMap<>();

        private Reading(Path dir, Problems problems) {
            this.dir = dir;
            this.problems = problems;
        }

        private void all() {
            if (Files.exists(dir.resolve(SETTINGS))) {
                file(SETTINGS);
            } else if (Files.exists(dir.resolve("waybill.yml"))) {
                error("waybill.yml", "the settings belong in waybill.yaml: rename it");
            }
            for (String name : list(PIPELINES)) {
                if (isYaml(PIPELINES + "/" + name)) {
                    named(
                            PIPELINES + "/" + name,
                            "a pipeline's file name",
                            NAME,
                            "letters, digits, - and _, at most 64");
                }
            }
            for (String integration : list(INTEGRATIONS)) {
                integration(INTEGRATIONS + "/" + integration, integration);
            }
            for (String kit : list(KITS)) {
                kit(KITS + "/" + kit, kit);
            }
        }

        private void kit(String path, String name) {
            if (!Files.isDirectory(dir.resolve(path))) {
                if (isYaml(path)) {
                    error(path, "a kit's files lie in its directory, such as " + kitFile(stem(path), KIT));
                }
                return;
            }
            if (!NAME.matcher(name).matches()) {
                error(
                        path,
                        "found '" + name
                                + "' as a kit's directory name; allowed: letters, digits, - and _, at most 64");
                return;
            }
            List<String> files = list(path).stream()
                    .filter(file -> isYaml(path + "/" + file))
                    .toList();
            for (String file : files) {
                if (file.equals(KIT) || file.equals(PLAYBOOK)) {
                    file(path + "/" + file);
                } else {
                    error(
                            path + "/" + file,
                            "no file of a kit; allowed: " + KIT + ", " + PLAYBOOK + "."
                                    + Nearest.hint(file, List.of(KIT, PLAYBOOK)));
                }
            }
            if (!files.contains(KIT)) {
                error(path, "there is no " + KIT + " in it; a kit is declared there");
            }
        }

        private void integration(String path, String name) {
            if (!Files.isDirectory(dir.resolve(path))) {
                if (isYaml(path)) {
                    error(
                            path,
                            "a revision lies in its integration's directory, such as " + INTEGRATIONS + "/" + stem(path)
                                    + "/1.yaml");
                }
                return;
            }
            if (!NAME.matcher(name).matches()) {
                error(
                        path,
                        "found '" + name + "' as an integration's directory name; allowed: letters, digits, - and"
                                + " _, at most 64");
                return;
            }
            for (String file : list(path)) {
                if (isYaml(path + "/" + file)) {
                    named(path + "/" + file, "a revision's file name", REVISION, "a number from 1, such as 1.yaml");
                }
            }
        }

        private boolean isYaml(String path) {
            if (path.endsWith(".yml")) {
                error(path, "files of a workspace end in .yaml: rename it");
            }
            return path.endsWith(YAML);
        }

        private void named(String path, String what, Pattern allowed, String words) {
            if (allowed.matcher(stem(path)).matches()) {
                file(path);
            } else {
                error(path, "found '" + stem(path) + "' as " + what + "; allowed: " + words);
            }
        }

        /// Names in a directory, in order; none when it isn't there. Hidden files are editors' and version control's.
        private List<String> list(String path) {
            Path directory = dir.resolve(path);
            if (!Files.isDirectory(directory)) {
                return List.of();
            }
            List<String> names = new ArrayList<>();
            try (Stream<Path> found = Files.list(directory)) {
                found.map(file -> file.getFileName().toString())
                        .filter(name -> !name.startsWith("."))
                        .sorted()
                        .forEach(names::add);
            } catch (IOException | java.io.UncheckedIOException e) {
                error(path, "can't be listed: " + reason(e));
            }
            return names;
        }

        private void file(String path) {
            if (texts.size() >= MAX_FILES) {
                if (texts.size() == MAX_FILES) {
                    error(path, "the workspace holds more than " + MAX_FILES + " files; the rest is not read");
                }
                return;
            }
            Path file = dir.resolve(path);
            try {
                if (Files.size(file) > MAX_FILE_BYTES) {
                    error(path, "larger than " + MAX_FILE_BYTES + " bytes; that is no hand-written file");
                    return;
                }
                ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
                texts.put(path, UTF_8.newDecoder().decode(bytes).toString());
            } catch (CharacterCodingException e) {
                error(path, "not UTF-8 text; save it as UTF-8");
            } catch (IOException e) {
                error(path, "can't be read: " + reason(e));
            }
        }

        private static String reason(Exception failure) {
            return switch (failure) {
                case java.nio.file.AccessDeniedException _ -> "access denied; give the server's user the right to read";
                case java.nio.file.NoSuchFileException _ -> "it is not there (a link to nowhere?)";
                default -> String.valueOf(failure.getMessage());
            };
        }

        private void error(String path, String message) {
            problems.add(new Problem(Severity.ERROR, path, 0, "", message));
        }
    }
}
