package dev.waybill.collect;

import dev.waybill.json.JsonText;
import dev.waybill.log.LogRecord;
import dev.waybill.log.RecordHeader;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes the records of one request: gives each event an id and the key of its partition.
///
/// @param receivedAt milliseconds of the epoch
/// @param context the batch's, or null; likewise `integrations` and `sentAt`
record Records(
        long receivedAt,
        Signs signs,
        @Nullable String context,
        @Nullable String integrations,
        @Nullable String sentAt) {
    private static final int LONGEST_ID = 255;
    private static final int BYTES_OF_CHAR = 3;

    static Records single(long receivedAt, Signs signs) {
        return new Records(receivedAt, signs, null, null, null);
    }

    LogRecord of(EventShape.Valid event, byte[] body) {
        String messageId = messageId(event.messageId());
        String person = event.anonymousId() != null ? event.anonymousId() : event.userId();
        RecordHeader header = new RecordHeader(
                event.type(),
                messageId,
                person == null ? messageId : JsonText.wellFormed(person),
                signs.globalPrivacyControl(),
                signs.kitCookies(),
                context,
                integrations,
                sentAt);
        return new LogRecord(receivedAt, header, body);
    }

    /// What the defaults and cookies add to each record, in bytes.
    int overhead() {
        return length(context)
                + length(integrations)
                + length(sentAt)
                + signs.kitCookies().entrySet().stream()
                        .mapToInt(cookie -> length(cookie.getKey()) + length(cookie.getValue()))
                        .sum();
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : Utf8.length(text);
    }

    private static String messageId(@Nullable String given) {
        boolean fits =
                given != null && (given.length() <= LONGEST_ID / BYTES_OF_CHAR || Utf8.length(given) <= LONGEST_ID);
        return given != null && fits
                ? JsonText.wellFormed(given)
                : UUID.randomUUID().toString();
    }
}
