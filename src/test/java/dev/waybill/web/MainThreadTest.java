package dev.waybill.web;

import static org.assertj.core.api.Assertions.assertThat;

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

    @TempDir
    private Path data;

    @Test
    void loading_syncing_and_sending_take_less_than_5_ms_of_the_main_thread() throws IOException {
        List<MainThread> measured = new ArrayList<>();
        for (int i = 0; i <= LOADS; i++) {
            try (ScriptSite site = new ScriptSite(data)) {
                // A page without a line of script but the one that calls: what runs is waybill.js.
                measured.add(load(site));
            }
        }
        List<Duration> spent =
                measured.stream().skip(1).map(MainThread::spent).sorted().toList();
        System.out.println("main thread " + spent + " busy " + measured.stream().skip(1).map(MainThread::busy).sorted().toList() + " " + measured.stream().map(MainThread::byName).toList());
        assertThat(spent.get(LOADS / 2))
                .as("the median of %s; by kind %s", spent, measured.stream().map(MainThread::byName).toList())
                .isGreaterThan(Duration.ofNanos(100_000))
                .isLessThan(Duration.ofMillis(5));
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
