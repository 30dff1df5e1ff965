package dev.waybill.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.ledger.MissingCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// docs/kargo-id-sync.md shows the letter that `sync-check --letter` prints, and every cause that the ledger counts.
class SyncLetterDocsTest {
    private static final Path PAGE = Path.of("docs/kargo-id-sync.md");

    @Test
    void the_letter_shown_is_the_one_that_is_printed() throws IOException {
        String letter = Files.readString(Path.of("src/main/resources/kits/kargo/letter.txt"));
        assertThat(letter).contains("\n  (ORIGINS)\n", "partner (PARTNER_ID)\n");
        assertThat(Files.readString(PAGE)).contains("```\n" + letter + "```\n");
    }

    @Test
    void every_cause_is_told_and_no_other() {
        assertThat(DocTable.of(PAGE.toString(), "Why an identifier is missing").rows())
                .extracting(row -> DocTable.code(row.getFirst()))
                .containsExactlyElementsOf(MissingCause.ALL);
    }
}
