package dev.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.docs.DocTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The table of docs/api.md lists every route and no other, each with a section.
class ApiDocsTest {
    private static final String FILE = "docs/api.md";
    private static final String METRICS = "GET /metrics";
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private static final Set<String> ROUTES = new TreeSet<>();

    @BeforeAll
    static void know(@TempDir Path directory) throws Exception {
        try (TestServer server = new TestServer(directory)) {
            server.routes().forEach(route -> ROUTES.add(route.method() + " /api/" + String.join("/", route.pattern())));
        }
        ROUTES.add(METRICS);
    }

    @Test
    void the_table_lists_every_route_once_and_no_other() {
        List<String> told = new ArrayList<>();
        for (List<String> row : DocTable.of(FILE, "API").rows()) {
            told.addAll(routes(row.getFirst()));
        }
        assertThat(told).containsExactlyInAnyOrderElementsOf(ROUTES);
    }

    /// `…` stands for the path that was said before, or for its beginning: there must be one such route.
    private static List<String> routes(String cell) {
        List<String> routes = new ArrayList<>();
        String method = "";
        String path = "";
        Matcher matcher = CODE.matcher(cell);
        while (matcher.find()) {
            String told = matcher.group(1);
            if (told.matches("[A-Z]+ .*")) {
                method = told.substring(0, told.indexOf(' '));
                told = told.substring(method.length() + 1);
            }
            path = told.equals("…") ? path : told.startsWith("…") ? meant(method, path, told.substring(1)) : told;
            routes.add(method + " " + path);
        }
        return routes;
    }

    private static String meant(String method, String before, String end) {
        String[] segments = before.split("/", -1);
        String begin = method + " /" + segments[1] + "/" + segments[2];
        List<String> found = ROUTES.stream()
                .filter(route -> route.startsWith(begin + "/") && route.endsWith(end))
                .toList();
        assertThat(found).as("…" + end + " after " + before).hasSize(1);
        return found.getFirst().substring(method.length() + 1);
    }

    @Test
    void each_row_leads_to_a_section() throws Exception {
        Set<String> anchors = Files.readAllLines(Path.of(FILE)).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
        for (List<String> row : DocTable.of(FILE, "API").rows()) {
            Matcher link = Pattern.compile("]\\(#([^)]*)\\)").matcher(row.getFirst());
            assertThat(link.find()).as(row.getFirst()).isTrue();
            assertThat(anchors).contains(link.group(1));
        }
    }
}
