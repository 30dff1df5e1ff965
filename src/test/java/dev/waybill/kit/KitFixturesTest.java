package dev.waybill.kit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Problems;
import dev.waybill.config.Variables;
import dev.waybill.config.YamlFile;
import dev.waybill.event.Event;
import dev.waybill.json.Json;
import dev.waybill.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every folder of `fixtures/kits`: perhaps a kit of its own, an integration, an event, and the line that `map`
/// prints.
class KitFixturesTest {
    private static final Path FIXTURES = Path.of("src/test/resources/fixtures/kits");
    private static final Variables VARIABLES =
            Kits.variables(Map.of(), Map.of("HOOK", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));

    @TestFactory
    Stream<DynamicTest> every_case() throws IOException {
        try (Stream<Path> folders = Files.list(FIXTURES)) {
            List<Path> cases = folders.sorted().toList();
            assertThat(cases).hasSizeGreaterThan(20);
            return cases.stream()
                    .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
        }
    }

    private static void check(Path folder) throws IOException {
        byte[] event = Files.readAllBytes(folder.resolve("event.json"));
        Integration integration = integration(folder);
        String line = line(integration, Kits.event(event, integration.wanted()));

        assertThat(line).isEqualTo(line(integration, Kits.event(event, null)));
        Json expected = JsonText.read(Files.readAllBytes(folder.resolve("expected.json")));
        assertThat(JsonText.read(line)).as(line).isEqualTo(expected);
    }

    private static String line(Integration integration, Event event) {
        return JsonText.write(MappedJson.of(integration.map(event), "mine", 1));
    }

    private static Integration integration(Path folder) throws IOException {
        Problems problems = new Problems();
        KitLibrary kits = KitLibrary.builtIn();
        if (Files.exists(folder.resolve("kit.yaml"))) {
            Kit kit = KitReader.read(
                            root(folder.resolve("kit.yaml"), problems),
                            root(folder.resolve("playbook.yaml"), problems),
                            problems)
                    .orElseThrow(() -> new AssertionError(problems.sorted()));
            kits = kits.with(List.of(kit), Set.of());
        }
        return IntegrationCompiler.compile(
                        kits, "mine", 1, root(folder.resolve("integration.yaml"), problems), VARIABLES, problems, true)
                .orElseThrow(() -> new AssertionError(problems.sorted()));
    }

    private static ConfigNode root(Path file, Problems problems) throws IOException {
        String name = file.getFileName().toString();
        return Files.exists(file)
                ? YamlFile.read(name, Files.readString(file, UTF_8), problems).orElseThrow()
                : new ConfigNode.Empty(name, "", 0);
    }
}
