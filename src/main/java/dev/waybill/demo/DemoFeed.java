package dev.waybill.demo;

import dev.waybill.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of the events, as it happens. Safe for threads.
public interface DemoFeed {
    /// The news after number `n`, oldest first, at most a few hundred; the numbers grow. 0 asks for the oldest kept.
    List<Item> since(long n);

    /// One piece of news about an event. The same event may come again: first `pending`, then its end.
    ///
    /// @param n this piece's number, from 1
    /// @param event the event's name as received, or its type
    /// @param outcome `pending`, `delivered`, `filtered` or `rejected`
    /// @param reason why, in the contract's word; null when delivered
    /// @param detail more for people
    /// @param notices what people should know of it, in the contract's words, such as `joined_late`
    /// @param request the mapped request, with its `body`; null when none was made
    record Item(
            long n,
            String messageId,
            String event,
            String outcome,
            @Nullable String reason,
            @Nullable String detail,
            List<String> notices,
            @Nullable JsonObject request,
            Instant at) {
        public Item {
            notices = List.copyOf(notices);
        }
    }
}
