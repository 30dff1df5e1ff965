package dev.waybill.demo;

import dev.waybill.event.Event;
import dev.waybill.journal.Entry;
import dev.waybill.journal.LaneKey;
import dev.waybill.json.JsonObject;
import dev.waybill.kit.Mapped;
import dev.waybill.kit.MappedJson;
import dev.waybill.lane.LaneTap;
import dev.waybill.outcome.NoticeCode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Keeps the latest outcomes for the demo's page, and tells the first of them in a line each. Safe for threads.
public final class OutcomeFeed implements LaneTap, DemoFeed {
    private static final int KEPT = 500;
    /// Enough to see what happens, and no endless scrolling afterwards.
    private static final int TOLD = 60;

    private final Consumer<String> lines;
    private final Deque<Item> kept = new ArrayDeque<>();
    private long count;

    /// @param lines receives the first outcomes, one line each
    public OutcomeFeed(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public void decided(LaneKey lane, @Nullable Event event, Entry.Decided entry, Mapped.@Nullable Deliver request) {
        if (event == null) {
            return;
        }
        String name = event.name() == null ? event.type().text() : String.valueOf(event.name());
        String reason = entry.reason() == null ? null : entry.reason().code();
        JsonObject shown = request == null ? null : MappedJson.request(request.request());
        String line = keep(event.messageId(), name, entry, reason, shown);
        if (line != null) {
            lines.accept(line);
        }
    }

    private synchronized @Nullable String keep(
            String messageId, String name, Entry.Decided entry, @Nullable String reason, @Nullable JsonObject request) {
        count++;
        Item item = new Item(
                count,
                messageId,
                name,
                entry.outcome().text(),
                reason,
                entry.detail(),
                entry.notices().stream().map(NoticeCode::code).toList(),
                request,
                Instant.ofEpochMilli(entry.at()));
        kept.addLast(item);
        if (kept.size() > KEPT) {
            kept.removeFirst();
        }
        if (count > TOLD) {
            return null;
        }
        String why = reason == null ? "" : reason + (entry.detail() == null ? "" : ": " + entry.detail());
        String told = "  %-9s  %-24s %s".formatted(item.outcome(), name, why).stripTrailing();
        return count < TOLD ? told : told + System.lineSeparator() + "  … and so on; see the page or the ledger.";
    }

    @Override
    public synchronized List<Item> since(long n) {
        List<Item> news = new ArrayList<>();
        for (Item item : kept) {
            if (item.n() > n) {
                news.add(item);
            }
        }
        return news;
    }
}
