package dev.waybill.lane;

import dev.waybill.deliver.Breaker;
import dev.waybill.deliver.SendResult;
import dev.waybill.kit.Answer;
import java.util.List;
import java.util.Map;

/// One attempt under way, for one event or a batch of them. Immutable.
///
/// @param parcels one at least, all decided for the same target
/// @param startedAt milliseconds of the epoch
/// @param round which of the lane's rounds it began in; see [Attempts]
record Flight(List<Parcel> parcels, Breaker.Permit permit, long startedAt, int round) {
    Target target() {
        return parcels.getFirst().target();
    }

    int revision() {
        return target().integration().revision();
    }

    int size() {
        return parcels.size();
    }

    /// What may turn out to be one of its events' last answer.
    ///
    /// @param now milliseconds of the epoch
    Work.Refusal refusal(Parcel parcel, SendResult result, long now) {
        Answer answer = result instanceof SendResult.Answered answered
                ? answered.answer()
                : new Answer(0, Map.of(), Outcomes.what(result));
        return new Work.Refusal(parcel.record(), parcel.event(), parcel.sent(), revision(), answer, now);
    }
}
