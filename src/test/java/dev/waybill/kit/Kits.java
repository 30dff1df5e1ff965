package dev.waybill.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Problem;
import dev.waybill.config.Problems;
import dev.waybill.config.Variables;
import dev.waybill.config.YamlFile;
import dev.waybill.event.Event;
import dev.waybill.event.EventType;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.json.Projection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the tests of this package start from.
final class Kits {
    static final String PUID = "3e0b1c2d-4f5a-2b6c-d7e8-9f0a1b2c3d4e";
    static final Variables NO_VARIABLES = variables(Map.of(), Map.of());

    private static final Map<String, String> PARAMETERS =
            Map.of("PARTNER_ID", "p-1", "ENDPOINT", "https://kargo.example/events");

    private Kits() {}

    static Variables variables(Map<String, String> environment, Map<String, String> secrets) {
        return new Variables() {
            @Override
            public Optional<String> environment(String name) {
                return Optional.ofNullable(environment.get(name));
            }

            @Override
            public Optional<String> secret(String name) {
                return Optional.ofNullable(secrets.get(name));
            }
        };
    }

    /// The kit as it is.
    static Integration kargo() {
        return kargo(Map.of());
    }

    static Integration kargo(Map<String, String> settings) {
        Problems problems = new Problems();
        Optional<Integration> compiled =
                IntegrationCompiler.compile("kargo", PARAMETERS, settings, NO_VARIABLES, problems);
        assertThat(problems.sorted()).isEmpty();
        return compiled.orElseThrow();
    }

    static Integration compiled(String yaml, Variables variables) {
        Problems problems = new Problems();
        Optional<Integration> compiled = compile(yaml, variables, problems);
        assertThat(problems.hasErrors()).as(problems.sorted().toString()).isFalse();
        return compiled.orElseThrow();
    }

    /// The texts of all problems of a file that ends up unusable, or usable with warnings.
    static List<String> problemsOf(String yaml) {
        Problems problems = new Problems();
        Optional<Integration> compiled = compile(yaml, NO_VARIABLES, problems);
        assertThat(compiled.isEmpty()).isEqualTo(problems.hasErrors());
        return problems.sorted().stream().map(Problem::toString).toList();
    }

    private static Optional<Integration> compile(String yaml, Variables variables, Problems problems) {
        ConfigNode root = YamlFile.read("1.yaml", yaml, problems).orElseThrow();
        return IntegrationCompiler.compile("kargo-main", 1, root, variables, problems);
    }

    static Event event(byte[] json, @Nullable Projection wanted) {
        JsonObject whole = (JsonObject) JsonText.read(json);
        EventType type = EventType.of(String.valueOf(whole.text("type"))).orElseThrow();
        JsonObject seen = wanted == null ? whole : (JsonObject) JsonText.read(json, wanted);
        return new Event(type, "m-1", 0, false, null, seen);
    }

    static Event event(String json) {
        return event(json.getBytes(java.nio.charset.StandardCharsets.UTF_8), null);
    }
}
