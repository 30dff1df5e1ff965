package dev.waybill.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Request;
import dev.waybill.e2e.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// One browser profile and what a test notes of it: exceptions of the pages, what they print as errors, and every
/// request they make.
public final class Visitor implements AutoCloseable {
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private final BrowserContext context;
    private final List<String> exceptions = new ArrayList<>();
    private final List<String> printed = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    private Visitor(BrowserContext context) {
        this.context = context;
        context.setDefaultTimeout((double) PATIENCE.toMillis());
        context.setDefaultNavigationTimeout((double) PATIENCE.toMillis());
        context.onRequest(request -> requests.add(request.url()));
        context.onRequestFailed(request -> refused.add(failure(request)));
        context.onWebError(error -> exceptions.add(error.error()));
        context.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                printed.add(message.text());
            }
        });
        Browsing.opened(this);
    }

    /// Without history, and without the cookies of other sites.
    public static Visitor fresh() {
        return new Visitor(Chromium.fresh());
    }

    /// The same with a clock in another zone, such as `Asia/Tokyo`.
    public static Visitor in(String zone) {
        return new Visitor(Chromium.fresh(new Browser.NewContextOptions().setTimezoneId(zone)));
    }

    static Visitor withProfile(Path profile, Chromium.ThirdPartyCookies cookies) {
        return new Visitor(Chromium.withProfile(profile, cookies));
    }

    public BrowserContext context() {
        return context;
    }

    /// A new tab on the page, loaded.
    public Page open(String url) {
        Page page = context.newPage();
        page.navigate(url);
        return page;
    }

    /// How many requests began with this address so far.
    long requestsTo(String address) {
        return requests.stream().filter(url -> url.startsWith(address)).count();
    }

    /// Exceptions that nothing on the page caught.
    public List<String> exceptions() {
        return List.copyOf(exceptions);
    }

    /// What the pages, or the browser itself, printed as an error.
    public List<String> printed() {
        return List.copyOf(printed);
    }

    public List<String> requests() {
        return List.copyOf(requests);
    }

    public void sawNoException() {
        assertThat(exceptions).as("exceptions on the pages").isEmpty();
    }

    /// Waits on something outside the page while the browser's events are still taken.
    public void until(Page page, String what, BooleanSupplier holds) {
        Eventually.holds(what + "; " + this, PATIENCE, () -> {
            page.evaluate("0");
            return holds.getAsBoolean();
        });
    }

    /// Saves what each tab shows. A browser that is gone has nothing to show.
    void photograph(Path directory, String name) {
        int tab = 0;
        for (Page page : context.pages()) {
            try {
                page.screenshot(new Page.ScreenshotOptions().setPath(directory.resolve(name + "-" + ++tab + ".png")));
            } catch (PlaywrightException e) {
                System.err.println("no screenshot of " + page.url() + ": " + e.getMessage());
            }
        }
    }

    private static String failure(Request request) {
        return request.method() + " " + request.url() + ": " + request.failure();
    }

    @Override
    public String toString() {
        return "exceptions " + exceptions + ", printed " + printed + ", failed " + refused + ", requests " + requests;
    }

    @Override
    public void close() {
        Browsing.closed(this);
        context.close();
    }
}
