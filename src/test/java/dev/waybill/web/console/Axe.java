package dev.waybill.web.console;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// axe-core's rules of WCAG 2.2, levels A and AA, on what a page shows now.
final class Axe {
    private static final String SOURCE = source();
    private static final String RUN = """
            async () => {
              const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
              const found = await axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })
              return found.violations.flatMap(one => one.nodes.map(node =>
                `${one.id}: ${node.target.join(' ')}: ${node.failureSummary.replaceAll(/\\s+/g, ' ')}`))
            }
            """;

    private Axe() {}

    /// One line for each element that breaks a rule.
    static List<String> violations(Page page) {
        page.evaluate(SOURCE);
        List<String> found = new java.util.ArrayList<>();
        if (page.evaluate(RUN) instanceof List<?> lines) {
            lines.forEach(line -> found.add(String.valueOf(line)));
        }
        return found;
    }

    private static String source() {
        try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
            return new String(
                    Objects.requireNonNull(in, "axe-core is not on the class path")
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
