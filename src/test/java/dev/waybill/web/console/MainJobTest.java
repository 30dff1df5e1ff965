package dev.waybill.web.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.waybill.web.console.ConsoleSite.button;
import static dev.waybill.web.console.ConsoleSite.link;
import static dev.waybill.web.console.ConsoleSite.region;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.waybill.e2e.Eventually;
import dev.waybill.e2e.Started;
import dev.waybill.json.JsonObject;
import dev.waybill.web.Browsing;
import dev.waybill.web.PageServer;
import dev.waybill.web.Visitor;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The main job by hand, from a workspace with nothing in it to an event at the destination, mapped as was said here.
@Tag("browser")
@ExtendWith({Started.Logs.class, Browsing.class})
class MainJobTest {
    private static final String SHOP = "shop.localhost";

    @TempDir
    private Path directory;

    @Test
    void from_an_empty_workspace_to_a_delivered_event_with_an_own_mapping() {
        try (PageServer pages = new PageServer();
                ConsoleSite site = ConsoleSite.empty(directory, pages.origin(SHOP));
                Visitor person = Visitor.fresh();
                Visitor shopper = Visitor.fresh()) {
            Page page = site.signIn(person);
            createFromTheLibrary(site, page);
            overwriteExpectedInputs(page);
            saveAsRevisionTwo(site, page);
            newPipeline(page, pages.origin(SHOP));

            assertThat(region(page, "First event")).containsText("Nothing came yet");
            String snippet = page.locator(".with-copy pre").first().textContent();
            pages.page(
                    "/thanks",
                    snippet,
                    "<script>waybill.track('Order Completed', {order_id: '4711', total: 30.5})</script>");
            shopper.open(pages.origin(SHOP) + "/thanks");

            assertThat(region(page, "First event")).containsText("Delivered");
            JsonObject order = delivered(site);
            assertThat(order.text("partner_id")).isEqualTo("p-123");
            assertThat(String.valueOf(
                            Objects.requireNonNull(order.object("params")).get("order_value")))
                    .contains("30.5");
            assertThat(order.text("page_url")).as("Global was overwritten").isEqualTo("https://fixed.example/");

            findItWithItsTrace(page);
            person.sawNoException();
            shopper.sawNoException();
        }
    }

    private static void createFromTheLibrary(ConsoleSite site, Page page) {
        assertThat(page.locator("main")).containsText("Nothing is set up yet");
        link(page, "Library").click();
        link(page, "Add Kargo").click();
        button(page, "Create the integration").click();
        assertThat(page.getByRole(com.microsoft.playwright.options.AriaRole.ALERT)
                        .first())
                .containsText("PARTNER_ID");
        page.getByLabel("PARTNER_ID").fill("p-123");
        page.getByLabel("ENDPOINT").fill(site.sandbox().events());
        page.getByLabel("SYNC_URL")
                .fill("http://crb.localhost:" + URI.create(site.sandbox().url()).getPort() + "/id");
        button(page, "Create the integration").click();
        assertThat(page.locator("h1")).hasText("kargo-main");
        assertThat(site.file("integrations/kargo-main/1.yaml")).contains("PARTNER_ID: p-123");
    }

    private static void overwriteExpectedInputs(Page page) {
        ConsoleSite.section(page, "Global");
        Locator preview = region(page, "Preview");
        assertThat(preview).containsText("\"page_url\": \"https://www.example.com/\"");
        page.getByLabel("Expected input of page_url").fill("context.page.referrer");
        assertThat(preview).containsText("\"page_url\": \"https://www.example.com/search\"");
        button(page, "More about page_url").click();
        page.getByLabel("Value from").selectOption("constant");
        page.getByLabel("Expected input of page_url").fill("https://fixed.example/");
        assertThat(preview).containsText("\"page_url\": \"https://fixed.example/\"");

        ConsoleSite.section(page, "order_completed");
        button(page, "Add a key").click();
        page.getByLabel("Output key").fill("params.order_value");
        page.getByLabel("Path or constant").fill("properties.total");
        button(page, "Add").click();
        assertThat(preview).containsText("\"order_value\": 30.5");
        assertThat(preview).containsText(Pattern.compile("Keys of params: \\d+ of 20"));
    }

    private static void saveAsRevisionTwo(ConsoleSite site, Page page) {
        button(page, "Save as new revision").click();
        page.getByLabel("What is new?").fill("the order's value");
        page.locator("dialog").getByText("Save as new revision").last().click();
        assertThat(page.locator(".toasts")).containsText("Saved as revision 2");
        assertThat(site.file("integrations/kargo-main/2.yaml"))
                .contains("note: the order's value")
                .contains("params.order_value");
        assertThat(region(page, "Revisions").first()).containsText("the order's value");
    }

    private static void newPipeline(Page page, String origin) {
        link(page, "Pipelines").click();
        link(page, "New pipeline").first().click();
        page.getByLabel("Name").fill("web");
        page.getByLabel("Origins").fill(origin);
        button(page, "Add integration").click();
        page.getByLabel("Revision").selectOption("2");
        button(page, "Create the pipeline").click();
        assertThat(page.locator("h1")).hasText("web");
    }

    private static JsonObject delivered(ConsoleSite site) {
        return Eventually.value(
                        "the order arrives",
                        Visitor.PATIENCE,
                        site.sandbox()::accepted,
                        bodies -> bodies.stream().anyMatch(body -> "order_completed".equals(body.text("event"))))
                .stream()
                .filter(body -> "order_completed".equals(body.text("event")))
                .findFirst()
                .orElseThrow();
    }

    private static void findItWithItsTrace(Page page) {
        link(page, "Events").click();
        assertThat(region(page, "Events")).containsText("Order Completed");
        link(page, "Order Completed").click();
        Locator lane = region(page, "kargo-main");
        assertThat(lane).containsText("delivered");
        assertThat(lane).containsText("HTTP 200");
        lane.getByText("Which rule made which key").first().click();
        assertThat(lane).containsText("params.order_value");
        assertThat(lane).containsText("properties.total");
    }
}
