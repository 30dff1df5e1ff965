package dev.waybill.kit;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Nearest;
import dev.waybill.config.Problems;
import dev.waybill.config.Section;
import dev.waybill.config.Variables;
import dev.waybill.json.JsonPath;
import dev.waybill.json.Projection;
import dev.waybill.playbook.LayeredPlaybook;
import dev.waybill.playbook.Plans;
import dev.waybill.playbook.Playbook;
import dev.waybill.playbook.PlaybookReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Reads one file of `integrations/NAME/` and compiles it once. Every problem is reported. Safe for threads.
public final class IntegrationCompiler {
    private static final Duration MAX_EVENT_AGE = Duration.ofDays(3);

    private final KitLibrary kits;
    private final String name;
    private final int revision;
    private final Variables variables;
    private final boolean requireEndpoint;
    private final Problems problems = new Problems();

    private IntegrationCompiler(
            KitLibrary kits, String name, int revision, Variables variables, boolean requireEndpoint) {
        this.kits = kits;
        this.name = name;
        this.revision = revision;
        this.variables = variables;
        this.requireEndpoint = requireEndpoint;
    }

    /// Compiles an integration of a built-in kit that is to send.
    ///
    /// @param root the file's root
    /// @param problems what is wrong with it goes here
    /// @return empty when anything is wrong; warnings don't count
    public static Optional<Integration> compile(
            String name, int revision, ConfigNode root, Variables variables, Problems problems) {
        return compile(KitLibrary.builtIn(), name, revision, root, variables, problems, true);
    }

    /// Compiles an integration that may be meant for dry runs only.
    ///
    /// @param kits those that it may be made of
    /// @param requireEndpoint whether it is to send; without it, a request may have no URL
    public static Optional<Integration> compile(
            KitLibrary kits,
            String name,
            int revision,
            ConfigNode root,
            Variables variables,
            Problems problems,
            boolean requireEndpoint) {
        IntegrationCompiler compiler = new IntegrationCompiler(kits, name, revision, variables, requireEndpoint);
        Optional<Integration> compiled = compiler.compile(Section.of(root, compiler.problems));
        compiler.problems.sorted().forEach(problems::add);
        return compiler.problems.hasErrors() ? Optional.empty() : compiled;
    }

    /// Compiles a built-in kit without a file, for a dry run: its name is the integration's, and the revision is 1.
    ///
    /// @param parameters connection parameters by name
    /// @param settings other keys of an integration file by dotted path, such as `limits.policy`
    public static Optional<Integration> compile(
            String kit,
            Map<String, String> parameters,
            Map<String, String> settings,
            Variables variables,
            Problems problems) {
        ConfigNode root = CommandLineSettings.toFile(kit, parameters, settings, problems);
        return compile(KitLibrary.builtIn(), kit, 1, root, variables, problems, false);
    }

    private Optional<Integration> compile(Section file) {
        Optional<Kit> kit = kit(file);
        file.text("note");
        file.text("author");
        Section parameters = file.section("parameters");
        Section playbook = file.section("playbook");
        Section consent = file.section("consent");
        List<String> categories = ConsentCategories.read(consent, problems);
        List<Integer> purposes = KitConsentReader.purposes(consent, problems);
        consent.done();
        Delivery delivery = DeliveryReader.read(file.section("delivery"), problems);
        LimitSettings limits = LimitSettings.read(file.section("limits"));
        Duration maxEventAge = maxEventAge(file);
        file.done();
        return kit.map(found -> compile(
                found,
                parameters,
                playbook,
                categories,
                KitConsentReader.narrowed(found.consent(), purposes, consent.place("purposes"), problems),
                limits,
                maxEventAge,
                delivery));
    }

    private Optional<Kit> kit(Section file) {
        Optional<String> found = file.required("kit", "the kit it is made of, such as kargo");
        ConfigNode at = file.value("kit");
        Optional<Kit> kit = found.flatMap(kits::find);
        if (found.isPresent() && kit.isEmpty() && at != null) {
            problems.error(
                    at,
                    kits.isBroken(found.get())
                            ? "the kit '" + found.get() + "' can't be used until its own problems are solved"
                            : "there is no kit '" + found.get() + "'; allowed: " + String.join(", ", kits.names()) + "."
                                    + Nearest.hint(found.get(), kits.names()));
        }
        return kit;
    }

    private Duration maxEventAge(Section file) {
        Duration age = file.duration("maxEventAge", MAX_EVENT_AGE);
        ConfigNode at = file.value("maxEventAge");
        if (!age.isPositive() && at != null) {
            problems.error(at, "found " + at.kind() + "; allowed: a duration over 0, such as 72h");
        }
        return age;
    }

    private Integration compile(
            Kit kit,
            Section parameterSection,
            Section playbookSection,
            List<String> categories,
            KitConsent consent,
            LimitSettings limits,
            Duration maxEventAge,
            Delivery delivery) {
        Connection connection = ConnectionReader.read(kit, parameterSection, requireEndpoint, variables, problems);
        List<String> names = kit.parameters().stream().map(Parameter::name).toList();
        Playbook own = new PlaybookReader(kit.shape(), names, kit.events(), problems).read(playbookSection);
        LayeredPlaybook playbook = new LayeredPlaybook(own, kit.playbook());
        RequestMapper shown = mapper(kit, playbook, connection.shown(), limits, false);
        RequestMapper real = connection.hasSecrets() ? mapper(kit, playbook, connection.real(), limits, true) : shown;
        StaticLimits.check(shown, playbookSection.node(), problems);
        NearDuplicateNames.check(shown, playbookSection.node(), problems);
        return new CompiledIntegration(
                name,
                revision,
                kit.about().name(),
                wanted(shown, kit),
                shown,
                real,
                connection.shown(),
                secrets(kit, connection),
                new Selection(List.of(kit.about().title(), kit.about().name(), name)),
                categories,
                consent,
                shown.plans().named().keySet(),
                kit.verdicts(),
                kit.batch(),
                kit.sync() == null ? null : kit.sync().fill(connection.shown()),
                maxEventAge,
                delivery);
    }

    /// The secrets' values as they stand by themselves and as auth makes them.
    private static SecretTexts secrets(Kit kit, Connection connection) {
        Map<String, String> all = new HashMap<>(connection.placeholders());
        if (kit.request().auth() instanceof Auth.Basic basic) {
            basic.credentials(connection.real(), true)
                    .ifPresent(credentials -> all.put(
                            credentials,
                            basic.credentials(connection.shown(), false).orElse("")));
        }
        return new SecretTexts(all);
    }

    private static RequestMapper mapper(
            Kit kit,
            LayeredPlaybook playbook,
            Map<String, String> parameters,
            LimitSettings settings,
            boolean forTheWire) {
        Kit.Limits limits = kit.limits();
        return new RequestMapper(
                Plans.compile(playbook, kit.shape(), parameters),
                kit.shape(),
                kit.request().fill(parameters, forTheWire),
                kit.identity(),
                limits.eventName(),
                new ObjectLimits(
                        limits.object(),
                        limits.keys(),
                        limits.keyLength(),
                        limits.valueLength(),
                        Objects.equals(limits.object(), kit.shape().identityObject())
                                ? kit.shape().identityKey()
                                : null,
                        settings.unit()),
                kit.batch(),
                settings.policy() == LimitSettings.Policy.REJECT);
    }

    private static Projection wanted(RequestMapper mapper, Kit kit) {
        Optional<List<JsonPath>> inputs = mapper.plans().inputs();
        if (inputs.isEmpty()) {
            return Projection.ALL;
        }
        List<JsonPath> paths = new ArrayList<>(inputs.get());
        paths.add(new JsonPath(List.of("event")));
        paths.add(new JsonPath(List.of(Selection.KEY)));
        if (kit.identity() != null && kit.identity().failure() != null) {
            paths.add(kit.identity().failure());
        }
        return Projection.of(paths);
    }
}
