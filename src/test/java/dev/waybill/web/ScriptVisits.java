package dev.waybill.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.waybill.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Pages with the script, visited at a time of their clock, and what reached the site meanwhile.
abstract class ScriptVisits {
    static final Instant START = Instant.parse("2026-11-25T12:00:00Z");

    @TempDir
    Path data;

    ScriptSite site;
    BrowserContext browser;
    private final List<String> errors = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        site = new ScriptSite(data);
        browser = Chromium.fresh();
        browser.onWebError(error -> errors.add(error.error()));
    }

    @AfterEach
    void close() {
        browser.close();
        site.close();
        assertThat(errors).isEmpty();
    }

    /// A page at a time of its clock, once the sync has ended.
    Page visit(Instant time) {
        Page page = browser.newPage();
        page.clock().setFixedTime(time.toEpochMilli());
        page.navigate(site.shop());
        settled(page);
        return page;
    }

    Page visit() {
        return visit(START);
    }

    static void settled(Page page) {
        page.waitForFunction("window.waybill && waybill.status && !/waiting|syncing/.test(waybill.status().state)");
    }

    static Map<?, ?> status(Page page) {
        return (Map<?, ?>) page.evaluate("waybill.status()");
    }

    JsonObject report(int i) {
        browser.pages().getFirst().waitForCondition(() -> site.reports.size() > i);
        return site.reports.get(i);
    }

    JsonObject kargo(int event) {
        browser.pages().getFirst().waitForCondition(() -> site.events.size() > event);
        JsonObject context = site.events.get(event).object("context");
        JsonObject providers = context == null ? null : context.object("providers");
        JsonObject kargo = providers == null ? null : providers.object("kargo");
        return kargo == null ? JsonObject.EMPTY : kargo;
    }
}
