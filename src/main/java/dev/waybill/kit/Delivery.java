package dev.waybill.kit;

import java.time.Duration;

/// How fast and how patiently an integration sends.
///
/// @param maxInFlight events sent whose outcome is not yet durable: the most that a crash can repeat; 1 – 10,000
/// @param concurrency requests on the wire at once; 1 – 1,000
/// @param ratePerSecond requests a second; [Double#POSITIVE_INFINITY] for unlimited
/// @param timeout for one attempt from connecting to the last byte of the answer
public record Delivery(int maxInFlight, int concurrency, double ratePerSecond, Duration timeout) {
    public static final Delivery DEFAULT = new Delivery(512, 64, Double.POSITIVE_INFINITY, Duration.ofSeconds(10));
}
