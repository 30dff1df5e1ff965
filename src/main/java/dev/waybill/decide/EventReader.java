package dev.waybill.decide;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.consent.ConsentRules;
import dev.waybill.event.BrowserFamily;
import dev.waybill.event.Event;
import dev.waybill.event.IdentifierText;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonPath;
import dev.waybill.json.JsonText;
import dev.waybill.json.Projection;
import dev.waybill.kit.Integration;
import dev.waybill.log.LogRecord;
import dev.waybill.log.RecordHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Makes the event of a record, with only those parts built that one integration and the decisions before it look at.
/// One for each revision.
public final class EventReader {
    private static final List<JsonPath> ALWAYS = Stream.of(
                    "event", "userId", "anonymousId", "integrations", "sentAt", "originalTimestamp", "timestamp")
            .map(JsonPath::parse)
            .toList();

    private final String kit;
    private final Projection wanted;

    /// A reader for everything that decides about a lane's events.
    public EventReader(Decider decider) {
        // A filter may look anywhere.
        this(
                decider.integration(),
                decider.pipeline().filters().isEmpty() ? decider.integration().wanted() : Projection.ALL);
    }

    /// A reader for the integration alone, without its pipeline.
    public EventReader(Integration integration) {
        this(integration, integration.wanted());
    }

    private EventReader(Integration integration, Projection needed) {
        this.kit = integration.kit();
        List<JsonPath> paths = new ArrayList<>(ALWAYS);
        paths.addAll(ConsentRules.paths());
        paths.add(BrowserFamily.PATH);
        // All of them: a person may be suppressed by an identifier of another kit.
        paths.add(JsonPath.parse("context.providers"));
        this.wanted = needed.or(Projection.of(paths));
    }

    /// The event as received, the batch's defaults under its own keys, and the first-party cookie's identifier where
    /// the event has none.
    ///
    /// @throws IllegalArgumentException when the bytes are no JSON object
    public Event read(LogRecord logged) {
        RecordHeader header = logged.header();
        JsonObject own = object(logged.body(), wanted);
        JsonObject merged = Event.withDefaults(
                own, defaults("context", header.batchContext()), defaults("integrations", header.batchIntegrations()));
        return new Event(
                header.type(),
                header.messageId(),
                logged.receivedAt(),
                header.globalPrivacyControl(),
                header.batchSentAt(),
                header.kitCookies(),
                withCookie(merged, kit, header.kitCookies().get(kit)));
    }

    /// Whether the event lacks what [#join(Event, String)] adds.
    public boolean canJoin(Event event) {
        return lacks(event.json(), kit);
    }

    /// The event with an identifier that was reported for it beside the log, laid on it as the cookie's is: only where
    /// it has none.
    public Event join(Event event, String puid) {
        return new Event(
                event.type(),
                event.messageId(),
                event.receivedAt(),
                event.globalPrivacyControl(),
                event.batchSentAt(),
                event.kitCookies(),
                withCookie(event.json(), kit, puid));
    }

    private @Nullable JsonObject defaults(String key, @Nullable String json) {
        Projection part = wanted.of(key);
        return json == null || part == null ? null : object(json.getBytes(UTF_8), part);
    }

    private static JsonObject object(byte[] utf8, Projection part) {
        try {
            if (JsonText.read(utf8, part) instanceof JsonObject object) {
                return object;
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the record holds no JSON: " + JsonText.problem(e), e);
        }
        throw new IllegalArgumentException("the record holds JSON, but no object");
    }

    static JsonObject withCookie(JsonObject event, String kit, @Nullable String puid) {
        if (puid == null || IdentifierText.isMissing(Json.of(puid)) || !lacks(event, kit)) {
            return event;
        }
        JsonObject context = objectIn(event, "context");
        JsonObject providers = objectIn(context, "providers");
        JsonObject own = objectIn(providers, kit);
        return with(
                event, "context", with(context, "providers", with(providers, kit, with(own, "puid", Json.of(puid)))));
    }

    private static boolean lacks(JsonObject event, String kit) {
        return IdentifierText.isMissing(
                objectIn(objectIn(objectIn(event, "context"), "providers"), kit).get("puid"));
    }

    private static JsonObject objectIn(JsonObject parent, String key) {
        JsonObject child = parent.object(key);
        return child == null ? JsonObject.EMPTY : child;
    }

    private static JsonObject with(JsonObject object, String key, Json value) {
        return object.toBuilder().put(key, value).build();
    }
}
