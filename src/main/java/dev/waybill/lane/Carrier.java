package dev.waybill.lane;

import dev.waybill.deliver.SendResult;
import dev.waybill.deliver.Sender;
import dev.waybill.kit.Answer;
import dev.waybill.kit.BatchRule;
import dev.waybill.kit.Integration;
import dev.waybill.kit.KitRequest;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries a flight's events out and its answer back. Called on the virtual thread of that flight.
final class Carrier {
    private static final Logger LOG = LoggerFactory.getLogger(Carrier.class);

    private Carrier() {}

    /// Makes one attempt. It always comes back, whatever happens in it: the lane waits for it.
    static SendResult carry(Sender sender, Flight flight) {
        Integration integration = flight.target().integration();
        return shown(integration, send(sender, integration, flight.parcels()));
    }

    private static SendResult send(Sender sender, Integration integration, List<Parcel> parcels) {
        try {
            return sender.send(request(integration, parcels), ids(parcels));
        } catch (RuntimeException | Error e) {
            LOG.error("Waybill failed to make a request; it is tried again.", e);
            return new SendResult.Failed(SendResult.Kind.IO, "Waybill failed to make the request: " + e, 0);
        }
    }

    private static KitRequest request(Integration integration, List<Parcel> parcels) {
        BatchRule rule = integration.batch();
        return rule == null || parcels.size() == 1
                ? parcels.getFirst().request()
                : rule.together(parcels.stream().map(Parcel::request).toList());
    }

    /// The message ids, one a line: the same for the same events.
    private static String ids(List<Parcel> parcels) {
        return parcels.size() == 1
                ? parcels.getFirst().event().messageId()
                : parcels.stream().map(parcel -> parcel.event().messageId()).collect(Collectors.joining("\n"));
    }

    /// What may be kept of a result: a destination may send back a secret that it was sent.
    private static SendResult shown(Integration integration, SendResult result) {
        if (!integration.hasSecrets()) {
            return result;
        }
        return switch (result) {
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
