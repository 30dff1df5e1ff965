package dev.waybill.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Holds the browser's rules of consent to the table that the server's are held to.
@Tag("browser")
@ExtendWith(Browsing.class)
class ConsentTableTest {
    private static final Path RESOURCES = Path.of("src/test/resources/consent");

    @Test
    void the_browser_decides_every_case_as_the_table_says_and_allows_none_while_a_platform_is_undecided()
            throws IOException {
        String table = Files.readString(RESOURCES.resolve("table.json"));
        try (PageServer pages = new PageServer();
                Visitor visitor = Visitor.fresh()) {
            pages.folder("/js/", Path.of("src/main/js"))
                    .script("/cases.js", Files.readString(RESOURCES.resolve("cases.js")))
                    .page("/", "<script src=\"/cases.js\"></script>", "");
            Page page = visitor.open(pages.origin("shop.localhost") + "/");
            assertThat(page.evaluate("table => JSON.parse(table).length", table))
                    .isNotEqualTo(0);
            assertThat(page.evaluate("table => differences(JSON.parse(table))", table))
                    .isEqualTo(List.of());
            assertThat(page.evaluate("table => allowedWhileUndecided(JSON.parse(table))", table))
                    .isEqualTo(List.of());
            visitor.sawNoException();
        }
    }
}
