package dev.waybill.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// How long a default pipeline's script keeps a page's main thread, from the first byte to the last event sent.
@Tag("browser")
@ExtendWith(Browsing.class)
class MainThreadTest {
    private static final int LOADS = 7;

    /// The goal is 5 ms, which is not shown: 7.1 to 9.4 ms of processor time were measured as medians on two slow
    /// processors with nothing else to do, and some 30 before the script left `Intl` alone, which this would find
    /// again. Beside other tests it takes up to 15.
    private static final Duration LIMIT = Duration.ofMillis(25);

    @TempDir
    private Path data;

    @Test
    void loading_syncing_and_sending_stay_below_the_limit() throws IOException {
        List<MainThread> measured = new ArrayList<>();
        for (int i = 0; i <= LOADS; i++) {
            try (ScriptSite site = new ScriptSite(data)) {
                // A page without a line of script but the one that calls: what runs is waybill.js.
                measured.add(load(site));
            }
        }
        List<Duration> busy =
                measured.stream().skip(1).map(MainThread::busy).sorted().toList();
        List<Duration> spent =
                measured.stream().skip(1).map(MainThread::spent).sorted().toList();
        assertThat(measured)
                .allSatisfy(each -> assertThat(each.byName())
                        .as("what goes on after an await is among it")
                        .containsKeys("EvaluateScript", "FunctionCall", "RunMicrotasks"));
        System.out.println("waybill.js on the main thread: ran " + busy + ", with waiting " + spent);
        assertThat(busy.get(LOADS / 2))
                .as("the median of %s", busy)
                .isGreaterThan(Duration.ofNanos(100_000))
                .isLessThan(LIMIT);
    }

    /// An exception costs a stack's description, also where it is caught: half a millisecond and more.
    @Test
    void nothing_is_thrown_on_the_way_not_even_what_is_caught() throws IOException {
        List<String> thrown = new ArrayList<>();
        try (ScriptSite site = new ScriptSite(data);
                Visitor visitor = Visitor.fresh()) {
            Page page = visitor.context().newPage();
            CDPSession debugger = visitor.context().newCDPSession(page);
            debugger.on("Debugger.paused", paused -> {
                thrown.add(String.valueOf(paused.getAsJsonObject("data").get("description")));
                debugger.send("Debugger.resume");
            });
            debugger.send("Debugger.enable");
            JsonObject caughtToo = new JsonObject();
            caughtToo.addProperty("state", "all");
            debugger.send("Debugger.setPauseOnExceptions", caughtToo);
            page.navigate(site.shop());
            page.waitForCondition(() -> site.events.size() == 1 && site.reports.size() == 1);
        }
        assertThat(thrown).isEmpty();
    }

    private static MainThread load(ScriptSite site) {
        try (Visitor visitor = Visitor.fresh()) {
            Page page = visitor.context().newPage();
            String script = site.origin("collect.shop.localhost") + "/waybill.js?writeKey=wk_web";
            return MainThread.during(page, script, () -> {
                page.navigate(site.shop());
                // Nothing is asked of the page itself: that would be work of its main thread.
                page.waitForCondition(() -> site.events.size() == 1 && site.reports.size() == 1);
            });
        }
    }
}
