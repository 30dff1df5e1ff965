package dev.waybill.api;

import dev.waybill.deadletter.DeadLetters;
import dev.waybill.deadletter.Letter;
import dev.waybill.deadletter.LetterFilter;
import dev.waybill.http.TimedOutput;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/// Every dead letter that a filter lets through, whole, one JSON object a line, newest first. In memory is one page;
/// a reader that stands still is cut off.
///
/// @param shown makes of a letter what the caller may see
record LetterExport(
        DeadLetters deadLetters, LetterFilter filter, int limit, OptionalLong before, UnaryOperator<JsonObject> shown) {
    static final String CONTENT_TYPE = "application/x-ndjson";

    /// Letters are up to a megabyte and more: few at once.
    private static final int PAGE = 20;

    private static final Duration MAX_WRITE = Duration.ofSeconds(60);

    void write(OutputStream to) throws IOException {
        TimedOutput out = new TimedOutput(to, MAX_WRITE);
        OptionalLong next = before;
        int left = limit;
        do {
            DeadLetters.Page page = deadLetters.list(filter, Math.min(PAGE, left), next);
            for (Letter letter : page.letters()) {
                out.write(JsonText.bytes(shown.apply(LetterJson.whole(letter))));
                out.write('\n');
            }
            left -= page.letters().size();
            next = page.before();
        } while (left > 0 && next.isPresent());
    }
}
