package dev.waybill.workspace;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Problem;
import dev.waybill.config.Problems;
import dev.waybill.config.Variables;
import dev.waybill.config.YamlFile;
import dev.waybill.kit.Integration;
import dev.waybill.workspace.Workspace.RevisionKey;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Reads a workspace whole: every problem of every file at once, and what only shows when the files are seen together.
/// Safe for threads when its compiler and variables are.
public final class WorkspaceReader {
    /// Whether an integration may lack the address that it sends to.
    public enum Endpoints {
        /// A revision that some pipeline sends to must have it.
        REQUIRED,
        /// For a dry run.
        OPTIONAL
    }

    private final RevisionCompiler compiler;
    private final Variables variables;
    private final Endpoints endpoints;

    public WorkspaceReader(RevisionCompiler compiler, Variables variables, Endpoints endpoints) {
        this.compiler = compiler;
        this.variables = variables;
        this.endpoints = endpoints;
    }

    /// A reader that takes variables from elsewhere.
    public WorkspaceReader with(Variables others) {
        return new WorkspaceReader(compiler, others, endpoints);
    }

    /// Reads a directory.
    ///
    /// @param problems receives what is wrong or doubtful, with paths inside the workspace
    /// @return empty when any file can't be used
    public Optional<Workspace> read(Path dir, Problems problems) {
        Problems found = new Problems();
        WorkspaceFiles files = WorkspaceFiles.read(dir, found);
        Optional<Workspace> workspace = read(files, found);
        found.sorted().forEach(problems::add);
        return found.hasErrors() ? Optional.empty() : workspace;
    }

    /// Reads files that are already at hand.
    ///
    /// @return empty when any of them can't be used
    public Optional<Workspace> read(WorkspaceFiles files, Problems problems) {
        Problems found = new Problems();
        Workspace workspace = new Reading(files, found).workspace();
        found.sorted().forEach(problems::add);
        return found.hasErrors() ? Optional.empty() : Optional.of(workspace);
    }

    /// Reads one revision as if a pipeline pinned it, whatever else is there.
    ///
    /// @param toSend whether a missing address to send to is a problem
    /// @param problems receives what is wrong with it, what is doubtful too
    /// @return empty when it can't be used
    public Optional<Integration> revision(WorkspaceFiles files, RevisionKey key, boolean toSend, Problems problems) {
        Problems others = new Problems();
        WorkspaceKits kits = WorkspaceKits.read(files, others);
        String path = WorkspaceFiles.revisionFile(key.integration(), key.revision());
        Optional<ConfigNode> root = YamlFile.read(path, files.texts().getOrDefault(path, ""), problems);
        Optional<Integration> integration = root.flatMap(yaml ->
                compiler.compile(kits.library(), key.integration(), key.revision(), yaml, variables, problems, toSend));
        root.ifPresent(yaml -> {
            new EndpointChecks(problems, variables, allowsPrivate(files, others)).all(List.of(yaml), List.of());
            new Advice(problems, kits.library()).revision(yaml);
        });
        return problems.hasErrors() ? Optional.empty() : integration;
    }

    private boolean allowsPrivate(WorkspaceFiles files, Problems problems) {
        String text = files.texts().get(WorkspaceFiles.SETTINGS);
        return text != null
                && YamlFile.read(WorkspaceFiles.SETTINGS, text, problems)
                        .map(new EnvironmentValues(variables, problems)::fill)
                        .map(root -> new SettingsReader(problems).read(root).allowPrivateEndpoints())
                        .orElse(false);
    }

    /// The files of the revisions that the pipelines' files pin, with the names of those pipelines; what is wrong with
    /// the files is passed over. [PinnedKits] tells the kits that those are made of.
    static Map<String, Set<String>> pinnedFiles(WorkspaceFiles files) {
        Problems ignored = new Problems();
        Map<String, Set<String>> pinned = new TreeMap<>();
        files.under(WorkspaceFiles.PIPELINES).forEach((path, text) -> {
            String name = WorkspaceFiles.stem(path);
            YamlFile.read(path, text, ignored)
                    .map(root -> new PipelineReader(ignored).read(name, root))
                    .ifPresent(pipeline -> pipeline.integrations()
                            .forEach(pin -> pinned.computeIfAbsent(
                                            WorkspaceFiles.revisionFile(pin.integration(), pin.revision()),
                                            _ -> new TreeSet<>())
                                    .add(name)));
        });
        return pinned;
    }

    /// The revision of each integration that the pipelines' files pin, by the file's path and the integration's name;
    /// what is wrong with the files is passed over.
    static Map<String, Map<String, Integer>> pins(WorkspaceFiles files) {
        Map<String, Map<String, Integer>> pins = new TreeMap<>();
        pinnedFiles(files).forEach((revision, pipelines) -> {
            for (String pipeline : pipelines) {
                pins.computeIfAbsent(WorkspaceFiles.pipelineFile(pipeline), _ -> new TreeMap<>())
                        .put(WorkspaceFiles.integration(revision), Integer.parseInt(WorkspaceFiles.stem(revision)));
            }
        });
        return pins;
    }

    private final class Reading {
        private final WorkspaceFiles files;
        private final Problems problems;
        private final Map<String, Pipeline> pipelines = new LinkedHashMap<>();
        private final Map<String, ConfigNode> pipelineRoots = new LinkedHashMap<>();
        private final Map<RevisionKey, ConfigNode> revisionRoots = new LinkedHashMap<>();
        private final Map<RevisionKey, Integration> integrations = new LinkedHashMap<>();
        private final WorkspaceKits kits;

        private Reading(WorkspaceFiles files, Problems problems) {
            this.files = files;
            this.problems = problems;
            this.kits = WorkspaceKits.read(files, problems);
        }

        private Workspace workspace() {
            Settings settings = settings();
            files.under(WorkspaceFiles.PIPELINES).forEach(this::pipeline);
            revisions();
            new PinChecks(problems, pipelines, pipelineRoots, revisionsByName()).all();
            new EndpointChecks(problems, variables, settings.allowPrivateEndpoints())
                    .all(revisionRoots.values(), kits.roots());
            new Advice(problems, kits.library()).all(pipelines, pipelineRoots, revisionRoots);
            return new Workspace(settings, pipelines, integrations, kits.library());
        }

        private Settings settings() {
            String text = files.texts().get(WorkspaceFiles.SETTINGS);
            return text == null
                    ? Settings.DEFAULT
                    : filled(WorkspaceFiles.SETTINGS, text)
                            .map(new SettingsReader(problems)::read)
                            .orElse(Settings.DEFAULT);
        }

        private void pipeline(String path, String text) {
            String name = WorkspaceFiles.stem(path);
            filled(path, text).ifPresent(root -> {
                pipelineRoots.put(name, root);
                pipelines.put(name, new PipelineReader(problems).read(name, root));
            });
        }

        private Optional<ConfigNode> filled(String path, String text) {
            return YamlFile.read(path, text, problems).map(new EnvironmentValues(variables, problems)::fill);
        }

        private void revisions() {
            Set<RevisionKey> sending = pins(pin -> pin.enabled() && pin.mode() == Pipeline.Mode.LIVE);
            Set<RevisionKey> pinned = pins(_ -> true);
            // The one part of a start that grows with the workspace, and no file needs another.
            List<ReadRevision> read = List.copyOf(
                            files.under(WorkspaceFiles.INTEGRATIONS).entrySet())
                    .parallelStream()
                    .map(file -> {
                        RevisionKey key = key(file.getKey());
                        boolean needsEndpoint = endpoints == Endpoints.REQUIRED && sending.contains(key);
                        return revision(key, file.getKey(), file.getValue(), needsEndpoint);
                    })
                    .toList();
            for (ReadRevision revision : read) {
                revision.root().ifPresent(root -> revisionRoots.put(revision.key(), root));
                revision.integration().ifPresent(integration -> integrations.put(revision.key(), integration));
                // What is only doubtful in a revision that nobody uses can't be changed any more, and harms nobody.
                boolean used = pinned.contains(revision.key());
                revision.problems().stream()
                        .filter(problem -> used || problem.severity() == Problem.Severity.ERROR)
                        .forEach(problems::add);
            }
        }

        private ReadRevision revision(RevisionKey key, String path, String text, boolean needsEndpoint) {
            Problems own = new Problems();
            Optional<ConfigNode> root = YamlFile.read(path, text, own);
            Optional<Integration> integration = root.flatMap(yaml -> compiler.compile(
                    kits.library(), key.integration(), key.revision(), yaml, variables, own, needsEndpoint));
            return new ReadRevision(key, root, integration, own.sorted());
        }

        private static RevisionKey key(String path) {
            return new RevisionKey(WorkspaceFiles.integration(path), Integer.parseInt(WorkspaceFiles.stem(path)));
        }

        private Set<RevisionKey> pins(Predicate<Pipeline.Pin> such) {
            return pipelines.values().stream()
                    .flatMap(pipeline -> pipeline.integrations().stream())
                    .filter(such)
                    .map(pin -> new RevisionKey(pin.integration(), pin.revision()))
                    .collect(Collectors.toSet());
        }

        /// Every revision that has a file, be it broken: a pin to it is no second problem.
        private Map<String, Set<Integer>> revisionsByName() {
            Map<String, Set<Integer>> revisions = new TreeMap<>();
            files.under(WorkspaceFiles.INTEGRATIONS)
                    .keySet()
                    .forEach(path -> revisions
                            .computeIfAbsent(WorkspaceFiles.integration(path), _ -> new TreeSet<>())
                            .add(key(path).revision()));
            return revisions;
        }
    }

    private record ReadRevision(
            RevisionKey key, Optional<ConfigNode> root, Optional<Integration> integration, List<Problem> problems) {}
}
