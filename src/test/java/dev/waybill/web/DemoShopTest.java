package dev.waybill.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.waybill.e2e.DemoProcess;
import dev.waybill.e2e.Started;
import dev.waybill.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The demo's shop in the real `./waybill demo`, walked by a visitor from the European Union.
@Tag("browser")
@ExtendWith({Started.Logs.class, Browsing.class})
class DemoShopTest {
    private static final Set<String> ALL = Set.of(
            "page",
            "identify",
            "products_searched",
            "product_list_viewed",
            "product_clicked",
            "product_viewed",
            "product_added",
            "product_removed",
            "cart_viewed",
            "checkout_started",
            "payment_info_entered",
            "order_completed");

    @TempDir
    private static Path directory;

    private static DemoProcess demo;

    @BeforeAll
    static void start() {
        demo = DemoProcess.start(directory);
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @Test
    void from_search_to_order_every_event_arrives_with_the_visitor_s_identity() {
        Set<JsonObject> before = Set.copyOf(demo.delivered());
        try (Visitor visitor = Visitor.fresh()) {
            Page page = visitor.open(demo.shop() + "/");
            visitor.until(page, "both first events are held", () -> badges(page, "held") == 2);
            assertThat(visitor.requestsTo(demo.idUrl())).isZero();

            page.click("[data-answer=accept]");
            walk(page);
            visitor.until(
                    page, "all twelve events are delivered", () -> names(before).equals(ALL));

            String puid = String.valueOf(page.evaluate("JSON.parse(localStorage.getItem('wb_kargo')).puid"));
            assertThat(identities(before)).containsExactly(puid);
            assertThat(visitor.requestsTo(demo.idUrl())).isEqualTo(1);
            assertThat(bodies(before).stream()
                            .filter(body -> "page".equals(body.text("event")))
                            .map(body -> body.text("page_url")))
                    .as("the very first page view is among them")
                    .contains(demo.shop() + "/");
            visitor.until(
                    page,
                    "the panel shows them all",
                    () -> badges(page, "delivered") >= names(before).size());
            String order = "#events li:not(.sample)[data-event='Order Completed']";
            page.click(order + " summary");
            visitor.until(
                    page,
                    "the panel shows what arrived",
                    () -> page.locator(order + " pre")
                            .allTextContents()
                            .toString()
                            .contains(puid));
            visitor.sawNoException();
            assertThat(visitor.printed().toString()).doesNotContain("Content Security Policy");
        }
    }

    private static void walk(Page page) {
        page.fill("#search input", "mug");
        page.press("#search input", "Enter");
        page.click("a[href='/products/mg-021']");
        page.click("text=Add to cart");
        page.click("#sign-in");
        page.click(".brand");
        page.click("a[href='/products/kt-104']");
        page.click("text=Add to cart");
        page.click(".cart");
        page.click("[data-id='mg-021'] .link");
        page.click("text=Check out");
        page.click("text=Place the order");
        assertThat(page.textContent("h1")).isEqualTo("Thank you");
    }

    @Test
    void a_visitor_who_rejects_is_told_to_nobody() {
        Set<JsonObject> before = Set.copyOf(demo.delivered());
        try (Visitor visitor = Visitor.fresh()) {
            Page page = visitor.open(demo.shop() + "/");
            page.click("[data-answer=reject]");
            walk(page);
            visitor.until(page, "nothing is held", () -> badges(page, "held") == 0);

            // Another visitor's event goes the whole way meanwhile: what was to come would have come.
            try (Visitor other = Visitor.fresh()) {
                Page second = other.open(demo.shop() + "/cart");
                second.click("[data-answer=accept]");
                other.until(
                        second,
                        "the other's events are delivered",
                        () -> names(before).contains("cart_viewed"));
            }
            assertThat(bodies(before)).extracting(body -> body.text("page_url")).containsOnly(demo.shop() + "/cart");
            assertThat(names(before)).containsOnly("page", "cart_viewed");
            assertThat(visitor.requestsTo(demo.idUrl())).isZero();
            assertThat(badges(page, "dropped")).isPositive();
            visitor.sawNoException();
        }
    }

    @Test
    void consent_that_is_withdrawn_stops_what_comes_after_and_can_be_given_again() {
        Set<JsonObject> before = Set.copyOf(demo.delivered());
        try (Visitor visitor = Visitor.fresh()) {
            Page page = visitor.open(demo.shop() + "/");
            page.click("[data-answer=accept]");
            visitor.until(
                    page,
                    "the first events are delivered",
                    () -> names(before).equals(Set.of("page", "product_list_viewed")));

            page.click("footer [data-privacy]");
            page.click("[data-answer=reject]");
            page.click("a[href='/products/sc-055']");
            assertThat(page.textContent("#consent-state")).startsWith("refused");
            assertThat(String.valueOf(page.evaluate("localStorage.getItem('wb_kargo')")))
                    .doesNotContain("puid");

            page.click("footer [data-privacy]");
            page.click("[data-answer=accept]");
            page.click("a[href='/cart']");
            visitor.until(
                    page, "what comes after is delivered", () -> names(before).contains("cart_viewed"));
            assertThat(names(before)).doesNotContain("product_viewed", "product_clicked");
        }
    }

    @Test
    void a_visitor_from_the_united_states_is_not_asked() {
        Set<JsonObject> before = Set.copyOf(demo.delivered());
        try (Visitor visitor = Visitor.fresh()) {
            Page page = visitor.open(demo.shop() + "/");
            page.click("[data-region=us]");
            assertThat(page.isVisible("#banner")).isFalse();
            visitor.until(
                    page,
                    "the held events are delivered",
                    () -> names(before).equals(Set.of("page", "product_list_viewed")));
        }
    }

    @Test
    void trouble_at_the_id_endpoint_is_named_and_heals() {
        try (Visitor visitor = Visitor.fresh()) {
            Page page = visitor.open(demo.shop() + "/");
            page.click("[data-trouble=unknown_site]");
            page.waitForSelector("[data-trouble=unknown_site][aria-pressed=true]");
            page.click("[data-answer=accept]");
            visitor.until(
                    page,
                    "the cause is shown",
                    () -> page.textContent("#identity-state").contains("doesn’t know this site"));
            page.click("[data-trouble=unknown_site]");
            page.waitForSelector("[data-trouble=unknown_site][aria-pressed=false]");
            page.click("[data-act=startOver]");
            page.click("[data-answer=accept]");
            visitor.until(
                    page,
                    "there is an identity",
                    () -> page.textContent("#identity-state").contains("from Kargo’s ID endpoint"));
            visitor.sawNoException();
        }
    }

    @Test
    void no_page_scrolls_sideways_on_a_phone_or_in_the_dark() {
        try (Visitor visitor = Visitor.fresh()) {
            Page page = visitor.open(demo.local() + "/");
            page.setViewportSize(390, 844);
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            for (String address : List.of("/", "/search?q=mug", "/products/gr-310", "/cart", "/checkout", "/nothing")) {
                page.navigate(demo.local() + (address.equals("/nothing") ? "/products/nothing" : address));
                page.waitForSelector("h1");
                assertThat(page.evaluate("document.documentElement.scrollWidth"))
                        .as(address)
                        .isEqualTo(390);
            }
            visitor.sawNoException();
        }
    }

    @Test
    void the_demo_starts_without_a_warning() {
        assertThat(demo.printed()).doesNotContain("WARN").doesNotContain("warning");
    }

    private static long badges(Page page, String state) {
        return page.locator("#events li:not(.sample)." + state).count();
    }

    private static List<JsonObject> bodies(Set<JsonObject> before) {
        return demo.delivered().stream().filter(body -> !before.contains(body)).toList();
    }

    private static Set<String> names(Set<JsonObject> before) {
        return bodies(before).stream()
                .map(body -> String.valueOf(body.text("event")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> identities(Set<JsonObject> before) {
        return bodies(before).stream()
                .map(body -> body.object("params"))
                .map(params -> params == null ? "none" : String.valueOf(params.text("lex_id")))
                .collect(Collectors.toSet());
    }
}
