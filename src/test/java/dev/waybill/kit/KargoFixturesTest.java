package dev.waybill.kit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.event.Event;
import dev.waybill.json.Json;
import dev.waybill.json.JsonText;
import dev.waybill.outcome.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every folder of `fixtures/kargo`: an event, perhaps an integration file, and the line that `map` prints for it.
class KargoFixturesTest {
    private static final Path FIXTURES = Path.of("src/test/resources/fixtures/kargo");

    @TestFactory
    Stream<DynamicTest> every_case() throws IOException {
        try (Stream<Path> folders = Files.list(FIXTURES)) {
            List<Path> cases = folders.sorted().toList();
            assertThat(cases).hasSizeGreaterThan(60);
            return cases.stream()
                    .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
        }
    }

    private static void check(Path folder) throws IOException {
        byte[] event = Files.readAllBytes(folder.resolve("event.json"));
        Json expected = JsonText.read(Files.readAllBytes(folder.resolve("expected.json")));
        Path file = folder.resolve("integration.yaml");
        boolean own = Files.exists(file);
        Integration integration = own ? Kits.compiled(Files.readString(file, UTF_8), Kits.NO_VARIABLES) : Kits.kargo();

        Json whole = line(integration, Kits.event(event, null), own);
        Json projected = line(integration, Kits.event(event, integration.wanted()), own);

        assertThat(JsonText.write(whole)).isEqualTo(JsonText.write(projected));
        assertThat(JsonText.read(JsonText.write(whole))).isEqualTo(expected);
    }

    private static Json line(Integration integration, Event event, boolean named) {
        Mapped mapped = integration.selects(event)
                ? integration.map(event)
                : new Mapped.Stopped(Reason.NOT_SELECTED, null, List.of());
        return named ? MappedJson.of(mapped, "kargo-main", 1) : MappedJson.of(mapped);
    }
}
