package dev.waybill.author;

import dev.waybill.access.Caller;
import dev.waybill.config.Problem;
import dev.waybill.config.Problems;
import dev.waybill.config.Variables;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.kit.Kit;
import dev.waybill.kit.KitLibrary;
import dev.waybill.workspace.Workspace.RevisionKey;
import dev.waybill.workspace.WorkspaceFiles;
import dev.waybill.workspace.WorkspaceReader;
import dev.waybill.yaml.YamlText;
import dev.waybill.yaml.YamlTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A revision that is not saved yet: the text of its file and the secrets that go with it.
///
/// @param file what the text says
/// @param withheld the names of the references that it may not bring
/// @param knownKit whether the kit that it names is in force
/// @param findings what is wrong already
record RevisionDraft(
        RevisionKey key,
        JsonObject file,
        String text,
        Map<String, String> secrets,
        Set<String> withheld,
        boolean knownKit,
        List<Finding> findings) {
    static final List<String> ORDER =
            List.of("kit", "note", "author", "parameters", "consent", "delivery", "playbook", "limits", "maxEventAge");

    private static final String NAME = "name";
    private static final String AUTHOR = "author";
    private static final String PARAMETERS = "parameters";

    RevisionDraft {
        secrets = Map.copyOf(secrets);
        withheld = Set.copyOf(withheld);
        findings = List.copyOf(findings);
    }

    /// @param sent the file as JSON with `secrets`, and perhaps the integration's `name`
    /// @param before the text of the revision that it follows; null for none
    /// @param kits those in force
    static RevisionDraft of(RevisionKey key, JsonObject sent, @Nullable String before, KitLibrary kits, Caller who) {
        String kitName = sent.text("kit");
        Optional<Kit> kit = kitName == null ? Optional.empty() : kits.find(kitName);
        JsonObject base = before != null && YamlTree.json(before).orElse(null) instanceof JsonObject old ? old : null;
        SecretParameters secrets = SecretParameters.of(key.integration(), key.revision(), sent, base, kit);
        List<Finding> findings = new ArrayList<>(secrets.findings());
        JsonObject.Builder file = JsonObject.builder();
        secrets.file().forEach(entry -> {
            boolean said = entry.getKey().equals(NAME) || entry.getKey().equals(AUTHOR);
            if (!said && !(entry.getValue() instanceof Json.Null)) {
                file.put(entry.getKey(), entry.getValue());
            }
        });
        name(key, sent, findings);
        author(sent, who, file);
        JsonObject whole = file.build();
        Set<String> withheld = references(key, whole, base, who, findings);
        return new RevisionDraft(
                key, whole, YamlText.document(whole, ORDER), secrets.values(), withheld, kit.isPresent(), findings);
    }

    /// Only parameters are filled in. Of another kit, what stood there was another parameter, perhaps one that is
    /// shown.
    private static Set<String> references(
            RevisionKey key, JsonObject file, @Nullable JsonObject base, Caller who, List<Finding> findings) {
        Json kit = file.get("kit");
        JsonObject stood = base != null && kit != null && kit.equals(base.get("kit")) ? parameters(base) : null;
        return References.find(
                parameters(file),
                stood,
                who,
                (pointer, secret) ->
                        SecretParameters.isOwn(key.integration(), pointer.substring(PARAMETERS.length() + 2), secret),
                findings);
    }

    private static JsonObject parameters(JsonObject file) {
        Json parameters = file.get(PARAMETERS);
        return parameters == null
                ? JsonObject.EMPTY
                : JsonObject.builder().put(PARAMETERS, parameters).build();
    }

    private static void name(RevisionKey key, JsonObject sent, List<Finding> findings) {
        Json name = sent.present(NAME);
        if (name != null && !key.integration().equals(name.asText())) {
            findings.add(Finding.error(
                    "/" + NAME, "the path says '" + key.integration() + "'; leave name out, or write the same"));
        }
    }

    /// A person signs with their own name; whoever holds the token says who they are, or nothing.
    private static void author(JsonObject sent, Caller who, JsonObject.Builder file) {
        Json said = sent.present(AUTHOR);
        if (!who.equals(Caller.TOKEN)) {
            file.put(AUTHOR, who.name());
        } else if (said != null) {
            file.put(AUTHOR, said);
        }
    }

    String path() {
        return WorkspaceFiles.revisionFile(key.integration(), key.revision());
    }

    /// What is wrong or doubtful with it beside what is on disk.
    ///
    /// @param variables where references lead; the draft's own secrets come first
    List<Finding> check(WorkspaceFiles onDisk, WorkspaceReader reader, Variables variables) {
        WorkspaceFiles files = onDisk.with(Map.of(path(), text));
        WorkspaceReader own = reader.with(new WithheldVariables(new DraftVariables(variables, secrets), withheld));
        Pointers pointers = new Pointers(file);
        List<Finding> all = new ArrayList<>(findings);
        Problems problems = new Problems();
        own.revision(files, key, false, problems);
        problems.sorted().forEach(problem -> all.add(pointers.finding(problem)));
        Problems toSend = new Problems();
        own.revision(files, key, true, toSend);
        toSend.sorted().stream()
                .filter(problem -> !problems.sorted().contains(problem))
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .map(pointers::finding)
                .map(found -> Finding.warning(
                        found.path(), found.message() + " A pipeline can send by this revision only with it."))
                .forEach(all::add);
        if (!knownKit && all.stream().noneMatch(Finding::isError)) {
            all.add(Finding.error(
                    "/kit", "the server hasn't taken this kit yet; see the workspace's problems, or try again"));
        }
        return all;
    }

    /// The draft's own secrets, which are not kept yet, before those that are.
    private record DraftVariables(Variables kept, Map<String, String> own) implements Variables {
        @Override
        public Optional<String> environment(String name) {
            return kept.environment(name);
        }

        @Override
        public Optional<String> secret(String name) {
            return Optional.ofNullable(own.get(name)).or(() -> kept.secret(name));
        }
    }
}
