package dev.waybill.kit;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Problems;
import dev.waybill.config.Section;
import dev.waybill.playbook.Output;
import dev.waybill.playbook.Playbook;
import dev.waybill.playbook.PlaybookReader;
import dev.waybill.playbook.RequestShape;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads a kit from its two files, `kit.yaml` and `playbook.yaml`. Reports every problem and belongs to one thread.
public final class KitReader {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final Problems problems;

    private KitReader(Problems problems) {
        this.problems = problems;
    }

    /// The kit, or empty when there was any error.
    ///
    /// @param playbook the root of `playbook.yaml`; a kit without one maps nothing by itself
    public static Optional<Kit> read(ConfigNode kit, ConfigNode playbook, Problems problems) {
        Problems own = new Problems();
        Kit read = new KitReader(own).kit(Section.of(kit, own), playbook);
        own.sorted().forEach(problems::add);
        return own.hasErrors() ? Optional.empty() : Optional.of(read);
    }

    private Kit kit(Section kit, ConfigNode playbookFile) {
        Kit.About about = about(kit);
        ParametersReader parametersReader = new ParametersReader(problems);
        List<Parameter> parameters = parametersReader.read(kit);
        List<String> names = parameters.stream().map(Parameter::name).toList();
        KitValues values = new KitValues(names, problems);
        SyncRule sync = SyncRule.read(kit.section("sync"), values, problems);

        Section requestSection = kit.section("request");
        RequestReader requestReader = new RequestReader(values, secrets(parameters), problems);
        RequestTemplate request = requestReader.read(requestSection);
        List<Output> outputs = requestReader.outputs(requestSection);
        requestSection.done();
        BatchRule batch = BatchReader.read(kit, request.encoding(), problems);
        ShapeReader shapes = new ShapeReader(outputs, values, problems);
        IdentityReading identity = shapes.identity(kit);
        Kit.Limits limits = shapes.limits(kit);
        KitConsent consent = KitConsentReader.kit(kit, problems);
        VerdictRules verdicts = new VerdictReader(values, problems).read(kit.section("verdict"));
        kit.done();

        RequestShape shape = new RequestShape(outputs, limits.eventNameOutput(), identity.output());
        Playbook playbook =
                new PlaybookReader(shape, names, Set.of(), problems).read(Section.of(playbookFile, problems));
        Set<String> used = new HashSet<>(parametersReader.usedByDefaults());
        used.addAll(ParameterUses.of(request, sync, playbookFile));
        parametersReader.unused(used);
        return new Kit(
                about, parameters, request, sync, shape, identity.rule(), limits, batch, consent, verdicts, playbook);
    }

    /// What `identity` says.
    record IdentityReading(
            dev.waybill.json.@Nullable JsonPath output,
            @Nullable IdentityRule rule) {}

    private Kit.About about(Section kit) {
        Optional<String> name = kit.required("name", "the word that integrations call it by");
        if (name.isPresent() && !NAME.matcher(name.get()).matches()) {
            problems.error(
                    KitValues.at(kit, "name"),
                    "found '" + name.get() + "'; allowed: letters, digits, - and _, at most 64");
        }
        boolean many = kit.value("source") instanceof ConfigNode.Sequence;
        return new Kit.About(
                name.orElse(""),
                kit.required("title", "its name for people").orElse(""),
                kit.required("description", "one sentence for people").orElse(""),
                kit.text("docs").orElse(null),
                kit.text("product").orElse(null),
                many ? kit.texts("source") : kit.text("source").stream().toList(),
                kit.text("scope").orElse(null));
    }

    private static Set<String> secrets(List<Parameter> parameters) {
        return parameters.stream()
                .filter(Parameter::secret)
                .map(Parameter::name)
                .collect(Collectors.toSet());
    }
}
