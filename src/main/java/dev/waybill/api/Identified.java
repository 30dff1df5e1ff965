package dev.waybill.api;

import dev.waybill.decide.EventReader;
import dev.waybill.event.Event;
import dev.waybill.kit.Integration;
import dev.waybill.lane.Joined;
import dev.waybill.log.LogRecord;
import dev.waybill.log.RecordHeader;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// An event as a lane decides about it, with the identifier that was joined to it where one was.
///
/// @param words where the destination's identifier comes from, for people
record Identified(Event event, From from, String words) {
    /// Where an identifier comes from.
    enum From {
        /// It stands on the event itself.
        EVENT,
        /// The first-party cookie came with the request.
        COOKIE,
        /// The browser reported it around the event.
        REPORT,
        NONE;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @param reports what the browser reported around an event
    /// @throws IllegalArgumentException when the bytes are no JSON object
    static Identified of(
            Integration integration, EventReader reader, LogRecord record, Function<Event, Optional<Joined>> reports) {
        Event event = reader.read(record);
        if (integration.identity(event) != null) {
            boolean cookie = record.header().kitCookies().containsKey(integration.kit())
                    && integration.identity(reader.read(withoutCookies(record))) == null;
            return cookie
                    ? new Identified(event, From.COOKIE, "from the first-party cookie that came with the request")
                    : onEvent(event);
        }
        Optional<Joined> reported = reader.canJoin(event) ? reports.apply(event) : Optional.empty();
        if (reported.isPresent()) {
            Event joined = reader.join(event, reported.get().puid());
            if (integration.identity(joined) != null) {
                return new Identified(
                        joined, From.REPORT, reported.get().notice(event).detail());
            }
        }
        return none(event);
    }

    /// Of an event that stands for itself.
    static Identified of(Integration integration, Event event) {
        return integration.identity(event) == null ? none(event) : onEvent(event);
    }

    private static Identified onEvent(Event event) {
        return new Identified(event, From.EVENT, "on the event itself");
    }

    private static Identified none(Event event) {
        return new Identified(event, From.NONE, "none that the destination knows the person by");
    }

    private static LogRecord withoutCookies(LogRecord record) {
        RecordHeader header = record.header();
        return new LogRecord(
                record.receivedAt(),
                new RecordHeader(
                        header.type(),
                        header.messageId(),
                        header.partitionKey(),
                        header.globalPrivacyControl(),
                        Map.of(),
                        header.batchContext(),
                        header.batchIntegrations(),
                        header.batchSentAt()),
                record.body());
    }
}
