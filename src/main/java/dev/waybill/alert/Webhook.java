package dev.waybill.alert;

import dev.waybill.deliver.AddressGuard;
import dev.waybill.deliver.SendResult;
import dev.waybill.deliver.Sender;
import dev.waybill.json.JsonText;
import dev.waybill.kit.Delivery;
import dev.waybill.kit.KitRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/// Sends messages to the receiver, by the same sender and past the same guard as events. Safe for threads.
final class Webhook implements AutoCloseable {
    private static final Delivery SLOWLY = new Delivery(1, 2, Double.POSITIVE_INFINITY, Duration.ofSeconds(10));
    private static final int SHOWN = 200;

    private final Sender sender;
    private final InstantSource clock;

    Webhook(AddressGuard guard, InstantSource clock) {
        this.sender = new Sender(SLOWLY, guard, clock);
        this.clock = clock;
    }

    /// What became of a message.
    ///
    /// @param detail for people, without URL and secret: the status, or why there is none
    /// @param answer the beginning of what the receiver answered; it may hold the URL
    record Sent(Result result, String detail, String answer) {}

    enum Result {
        SENT("sent"),
        /// No answer, or one that asks to try again.
        FAILED("failed"),
        /// Any other answer: what is set is probably wrong.
        REFUSED("refused");

        private final String text;

        Result(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /// Sends once; takes 10 seconds at most.
    Sent send(AlertMessage message, String url, String secret) {
        byte[] body = JsonText.bytes(message.body());
        long seconds = clock.instant().getEpochSecond();
        TreeMap<String, String> headers = new TreeMap<>(Map.of(Signature.HEADER, Signature.of(secret, seconds, body)));
        return switch (sender.send(new KitRequest("POST", url, headers, message.body()), message.id())) {
            case SendResult.Answered answered -> {
                int status = answered.answer().status();
                String text = answered.answer().body().strip();
                yield new Sent(result(status), "HTTP " + status, text.substring(0, Math.min(text.length(), SHOWN)));
            }
            case SendResult.Failed failed -> new Sent(Result.FAILED, failed.message(), "");
        };
    }

    private static Result result(int status) {
        if (status >= 200 && status < 300) {
            return Result.SENT;
        }
        return status == 408 || status == 425 || status == 429 || status >= 500 ? Result.FAILED : Result.REFUSED;
    }

    @Override
    public void close() {
        sender.close();
    }
}
