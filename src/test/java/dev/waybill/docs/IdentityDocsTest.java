package dev.waybill.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.identity.SyncFailure;
import dev.waybill.suppress.Suppressions;
import dev.waybill.suppress.Withdrawals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// docs/identity.md says what the identity routes do; their own test has the rest.
class IdentityDocsTest {
    private static final String PAGE = "docs/identity.md";

    @Test
    void every_failure_that_a_browser_may_tell_is_there_with_its_meaning() {
        Map<String, String> told = DocTable.of(PAGE, "Failures").rows().stream()
                .collect(Collectors.toMap(row -> DocTable.code(row.getFirst()), List::getLast));

        assertThat(told)
                .isEqualTo(Arrays.stream(SyncFailure.values())
                        .collect(Collectors.toMap(SyncFailure::code, SyncFailure::description)));
    }

    @Test
    void every_reason_of_the_routes_source_is_told() throws IOException {
        String page = Files.readString(Path.of(PAGE));
        Stream<String> reasons = Stream.of(
                        "IdentityReport", "IdentityRoutes", "AddressRates", "OptOutRates", "WriteKeys", "Cors")
                .map(name -> Path.of("src/main/java/dev/waybill/collect", name + ".java"))
                .map(IdentityDocsTest::text)
                .flatMap(source -> Pattern.compile(
                                "(?:refused\\(|notStored\\([^;]*?|Refusal\\(\\s*\\d+,|\"reason\",)\\s*\"([a-z_]+)\"")
                        .matcher(source)
                        .results()
                        .map(found -> found.group(1)));

        assertThat(reasons.distinct())
                .hasSizeGreaterThan(10)
                .allSatisfy(reason -> assertThat(page).containsPattern("[`\"]" + reason + "[`\"]"));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void the_bound_of_the_withdrawals_is_told() throws IOException {
        String most = String.format(Locale.ROOT, "%,d", Withdrawals.MOST);

        assertThat(Stream.of(PAGE, "docs/privacy.md").map(Path::of).map(IdentityDocsTest::text))
                .allSatisfy(page -> assertThat(page).contains(most));
    }

    @Test
    void the_bound_of_what_browsers_suppress_is_told() {
        String most = String.format(Locale.ROOT, "%,d", Suppressions.MOST_BY_BROWSERS);

        assertThat(Stream.of(PAGE, "docs/privacy.md").map(Path::of).map(IdentityDocsTest::text))
                .allSatisfy(page -> assertThat(page).contains(most));
    }

    @Test
    void the_pages_point_to_headings_that_are_there() throws IOException {
        List<String> anchors = Files.readString(Path.of(PAGE))
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line ->
                        line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT).replace(' ', '-'))
                .toList();
        List<String> pointed = Stream.of("consent", "privacy", "kargo-id-sync", "identity")
                .map(name -> text(Path.of("docs", name + ".md")))
                .flatMap(page -> Pattern.compile("\\((?:identity\\.md)?#([a-z-]+)\\)")
                        .matcher(page)
                        .results()
                        .map(MatchResult::group))
                .filter(link -> link.contains("identity.md"))
                .map(link -> link.replaceAll(".*#|\\)", ""))
                .toList();

        assertThat(anchors).containsAll(pointed);
        assertThat(pointed).contains("withdrawal");
    }
}
