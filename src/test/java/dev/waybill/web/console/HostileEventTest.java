package dev.waybill.web.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.waybill.web.console.ConsoleSite.button;
import static dev.waybill.web.console.ConsoleSite.link;
import static dev.waybill.web.console.ConsoleSite.region;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.waybill.e2e.Started;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.web.Browsing;
import dev.waybill.web.Visitor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Whatever a stranger sends is text on every page, and stays where it belongs.
@Tag("browser")
@ExtendWith({Started.Logs.class, Browsing.class})
class HostileEventTest {
    private static final String SCRIPT = "<script>window.harmed=1</script><img src=x onerror=\"window.harmed=2\">";
    private static final String BACKWARDS = "\u202Edrawkcab\u202C \u05E9\u05DC\u05D5\u05DD";
    private static final String NAME =
            "Order \uD83D\uDE00 " + SCRIPT + BACKWARDS + " ${7*7} {{7*7}} javascript:alert(1)";
    private static final String LONG = "w".repeat(12_000);
    private static final String ID = "\"><svg onload=window.harmed=3>/../ #?&%25";

    @TempDir
    private static Path directory;

    private static ConsoleSite site;

    @BeforeAll
    static void start() {
        site = ConsoleSite.withLane(directory);
        site.send("track", event(NAME, ID, LONG));
        site.send("identify", event("", "m-identify", LONG));
        site.sandbox().fault("{\"status\":400,\"for\":\"events\"}");
        site.send("track", event("Order Completed", ID + "-2", SCRIPT));
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static String event(String name, String messageId, String value) {
        JsonObject.Builder bad = JsonObject.builder().put(SCRIPT, value).put(BACKWARDS, BACKWARDS);
        JsonObject.Builder event = JsonObject.builder()
                .put("messageId", messageId)
                .put("userId", "<b>u</b>" + BACKWARDS)
                .put("properties", bad.build())
                .put("traits", bad.build())
                .put(
                        "context",
                        JsonObject.builder()
                                .put("userAgent", SCRIPT)
                                .put(
                                        "page",
                                        JsonObject.builder()
                                                .put("url", "javascript:window.harmed=4")
                                                .build())
                                .put(
                                        "providers",
                                        JsonObject.builder()
                                                .put(
                                                        "kargo",
                                                        JsonObject.builder()
                                                                .put("puid", "6c21b7a0-4b5e-4f7a-9a9d-0c3a52d5f1b2")
                                                                .build())
                                                .build())
                                .build());
        if (!name.isEmpty()) {
            event.put("event", name);
        }
        return new String(JsonText.bytes(event.build()), StandardCharsets.UTF_8);
    }

    @Test
    void it_is_text_on_every_page() {
        try (Visitor person = Visitor.fresh()) {
            Page page = site.signIn(person);
            person.until(page, "all three are decided", () -> decided() == 3);

            site.go(page, "events");
            assertThat(region(page, "Events")).containsText("<script>window.harmed=1</script>");
            region(page, "Events").getByText("<script>").first().click();
            assertThat(page.locator("main")).containsText(ID);
            open(page);
            assertThat(page.locator("main")).containsText("\"userId\"");

            site.go(page, "events?live=yes");
            site.send("track", event(NAME, "m-live", LONG));
            assertThat(region(page, "Events")).containsText("<script>window.harmed=1</script>");

            site.go(page, "dead-letters");
            assertThat(region(page, "By reason").first()).containsText("refused by destination");
            region(page, "Dead letters")
                    .first()
                    .getByRole(com.microsoft.playwright.options.AriaRole.LINK)
                    .first()
                    .click();
            assertThat(page.locator("main")).containsText("The request");
            open(page);
            link(page, "Its whole way").click();
            assertThat(page.locator("main")).containsText("See the dead letters of this kind");

            site.go(page, "integrations/kargo-main?section=order_completed");
            assertThat(region(page, "Preview")).containsText("<script>window.harmed=1</script>");
            button(page, "Event").click();
            assertThat(page.getByLabel("The event; change it as you like")).isVisible();

            for (String path :
                    List.of("", "confirm", "audit", "pipelines/web", "events?q=properties.a%3A" + "%3Cscript%3E")) {
                site.go(page, path);
            }
            assertThat(page.evaluate("window.harmed")).isNull();
            person.sawNoException();
            assertThat(person.printed()).noneMatch(text -> text.contains("Content Security Policy"));
            assertThat(person.requests())
                    .as("nothing is asked of others")
                    .allMatch(url -> url.startsWith(site.server().url()) || url.startsWith("blob:"));
        }
    }

    /// Opens whatever is folded.
    private static void open(Page page) {
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })");
    }

    private static long decided() {
        Json events = site.server()
                .api("GET", "/api/events?limit=100", "")
                .ok()
                .json()
                .get("events");
        return events instanceof Json.Arr(List<Json> all)
                ? all.stream()
                        .filter(each -> !each.toString().contains("\"pending\""))
                        .count()
                : 0;
    }
}
