package dev.waybill.web;

import com.microsoft.playwright.Page;
import java.util.Set;

/// `window.waybill` on a page, as a test asks it.
final class Tracker {
    /// The states in which the sync has an answer, be it none.
    private static final Set<String> SETTLED = Set.of("ok", "failed", "denied", "opted_out", "off");

    private Tracker() {}

    /// `waybill.status().state`, or `absent` while the script isn't there.
    static String state(Page page) {
        return String.valueOf(
                page.evaluate("window.waybill && window.waybill.status ? window.waybill.status().state : 'absent'"));
    }

    /// Waits until the sync has an answer and every event of the page is at the collector.
    static String settled(Visitor visitor, Page page) {
        visitor.until(
                page,
                "the sync has an answer and the queue is empty",
                () -> SETTLED.contains(state(page))
                        && Integer.valueOf(0).equals(page.evaluate("window.waybill.status().queued")));
        return state(page);
    }
}
