package dev.waybill.onboard;

import dev.waybill.decide.EventReader;
import dev.waybill.deliver.AddressGuard;
import dev.waybill.deliver.SendResult;
import dev.waybill.deliver.Sender;
import dev.waybill.event.Event;
import dev.waybill.event.EventType;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.kit.Answer;
import dev.waybill.kit.Delivery;
import dev.waybill.kit.Integration;
import dev.waybill.kit.Mapped;
import dev.waybill.log.LogRecord;
import dev.waybill.log.RecordHeader;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Sends one labelled event by a revision, past every lane, and shows the answer. The event is in no log and no count
/// of Waybill's; the destination can tell it from others by its label alone: the property `waybill_test`, and an
/// identifier of zeros.
public final class ConnectionTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String NOBODY = "00000000-0000-4000-8000-000000000000";

    /// Asked for first, because a page view weighs least in a destination's reports.
    private static final String LIGHTEST = "page";

    private final AddressGuard guard;
    private final InstantSource clock;

    /// @param guard which addresses may be sent to
    public ConnectionTest(AddressGuard guard, InstantSource clock) {
        this.guard = guard;
        this.clock = clock;
    }

    /// A labelled event that a revision would send.
    ///
    /// @param shown with placeholders for secrets
    public record Labelled(Integration integration, Event event, Mapped.Deliver shown) {}

    /// The lightest event that the revision sends; empty when its playbook sends none that carries so little.
    public Optional<Labelled> labelled(Integration integration) {
        List<String> names = new ArrayList<>(List.of(LIGHTEST));
        integration.mappedEvents().stream().sorted().forEach(names::add);
        EventReader reader = new EventReader(integration);
        for (String name : names) {
            Event event = reader.read(record(integration.kit(), name));
            if (integration.map(event) instanceof Mapped.Deliver shown) {
                return Optional.of(new Labelled(integration, event, shown));
            }
        }
        return Optional.empty();
    }

    /// Makes one attempt and waits for its end. Secrets that the answer repeats are placeholders in the result.
    public SendResult send(Labelled labelled) {
        Integration integration = labelled.integration();
        Mapped real = integration.hasSecrets() ? integration.mapForSending(labelled.event()) : labelled.shown();
        if (!(real instanceof Mapped.Deliver deliver)) {
            return new SendResult.Failed(
                    SendResult.Kind.BAD_HEADER, "With its secrets filled in the event is not one to send.", 0);
        }
        Delivery once = new Delivery(1, 1, Double.POSITIVE_INFINITY, TIMEOUT);
        try (Sender sender = new Sender(once, guard, clock)) {
            return switch (sender.send(deliver.request(), labelled.event().messageId())) {
                case SendResult.Answered answered -> {
                    Answer answer = answered.answer();
                    yield new SendResult.Answered(
                            new Answer(answer.status(), answer.headers(), integration.withoutSecrets(answer.body())),
                            answered.nanos());
                }
                case SendResult.Failed failed ->
                    new SendResult.Failed(failed.kind(), integration.withoutSecrets(failed.message()), failed.nanos());
            };
        }
    }

    private LogRecord record(String kit, String name) {
        long now = clock.millis();
        EventType type = EventType.of(name).orElse(EventType.TRACK);
        String messageId = "waybill-test-" + now;
        JsonObject label = JsonObject.builder().put("waybill_test", true).build();
        JsonObject.Builder event = JsonObject.builder()
                .put("type", type.text())
                .put("messageId", messageId)
                .put("anonymousId", "waybill-test")
                .put(type == EventType.IDENTIFY ? "traits" : "properties", label)
                .put("context", context(kit));
        if (type == EventType.TRACK) {
            event.put("event", name);
        }
        RecordHeader header = new RecordHeader(type, messageId, messageId, false, Map.of(), null, null, null);
        return new LogRecord(now, header, JsonText.bytes(event.build()));
    }

    private static JsonObject context(String kit) {
        JsonObject page = JsonObject.builder()
                .put("url", "https://waybill.invalid/connection-test")
                .build();
        JsonObject provider = JsonObject.builder().put("puid", NOBODY).build();
        return JsonObject.builder()
                .put("page", page)
                .put("providers", JsonObject.builder().put(kit, provider).build())
                .build();
    }
}
