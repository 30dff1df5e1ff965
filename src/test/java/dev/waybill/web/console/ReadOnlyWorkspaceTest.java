package dev.waybill.web.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.waybill.web.console.ConsoleSite.button;
import static dev.waybill.web.console.ConsoleSite.link;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.waybill.e2e.Started;
import dev.waybill.web.Browsing;
import dev.waybill.web.Visitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A workspace that the server may only read, as where it comes from a repository: whatever would be written is
/// offered.
@Tag("browser")
@ExtendWith({Started.Logs.class, Browsing.class})
class ReadOnlyWorkspaceTest {
    @TempDir
    private Path directory;

    @Test
    void what_cannot_be_written_is_said_and_offered_to_download() throws IOException {
        try (ConsoleSite site = ConsoleSite.readOnly(directory);
                Visitor person = Visitor.fresh()) {
            Page page = site.signIn(person);
            site.go(page, "integrations/kargo-main");
            assertThat(page.locator("main")).containsText("The server can’t write the workspace");
            ConsoleSite.section(page, "Global");
            page.getByLabel("Expected input of page_url").fill("properties.url");
            button(page, "Save as new revision").click();
            page.getByLabel("What is new?").fill("urls");
            page.getByLabel("What is new?").press("Enter");

            Locator dialog = page.locator("dialog");
            assertThat(dialog).containsText("integrations/kargo-main/2.yaml");
            assertThat(dialog).containsText("properties.url");
            Download download =
                    page.waitForDownload(() -> button(page, "Download").click());
            assertThat(download.suggestedFilename()).isEqualTo("2.yaml");
            assertThat(Files.readString(download.path()))
                    .contains("properties.url")
                    .contains("note: urls");
            page.keyboard().press("Escape");
            assertThat(page.getByLabel("Expected input of page_url")).hasValue("properties.url");

            page.onDialog(com.microsoft.playwright.Dialog::accept);
            link(page, "Pipelines").click();
            link(page, "web").click();
            assertThat(page.locator("main")).containsText("The server can’t write the workspace");
            page.getByLabel("Mode").selectOption("shadow");
            button(page, "Save").click();
            assertThat(dialog).containsText("pipelines/web.yaml");
            assertThat(dialog).containsText("shadow");
            person.sawNoException();
            site.workspace().allowWriting();
        }
    }
}
