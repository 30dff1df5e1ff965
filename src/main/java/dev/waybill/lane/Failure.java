package dev.waybill.lane;

import dev.waybill.deliver.SendResult;
import dev.waybill.json.JsonObject;
import dev.waybill.kit.Answer;
import dev.waybill.mask.Masking;

/// What a failed attempt came to, in words that outlive its event: they are shown to everybody who sees the lane, go
/// into the log and to the alerts' receiver. Destinations like to repeat what they were sent, so whatever identifies
/// a person is masked. What is kept of the event itself stays as it was answered. Pure but for the fakes.
final class Failure {
    private Failure() {}

    static String words(Flight flight, SendResult result) {
        if (!(result instanceof SendResult.Answered(Answer answer, long _))) {
            return Outcomes.what(result);
        }
        Masking masking = new Masking();
        for (Parcel parcel : flight.parcels()) {
            masking.learn(parcel.event().json());
            if (parcel.sent().request().body() instanceof JsonObject body) {
                masking.learn(body);
            }
        }
        masking.forgetAllBut(answer.body());
        return Outcomes.said(answer.status(), masking.maskedAnswer(answer.body().strip()));
    }
}
