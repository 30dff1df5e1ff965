package dev.waybill.bench;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.LongPredicate;

/// What the generator is to send.
///
/// @param port of the server, on 127.0.0.1
/// @param connections kept alive, one request at a time on each
/// @param firstNumber of the first event; each further event gets the next
/// @param requests at most
/// @param time at most, from the first request
/// @param perSecond requests a second, on a schedule that doesn't wait for answers; infinity is as fast as they
/// come
/// @param gate says whether the event of this number may be sent yet; asked again until it says so
/// @param events told of every request as it is sent and answered
public record Load(
        int port,
        int connections,
        RequestTemplate request,
        long firstNumber,
        long requests,
        Duration time,
        double perSecond,
        LongPredicate gate,
        Observer events) {

    /// Told by the generator's thread, so it has to be quick.
    public interface Observer {
        Observer NONE = new Observer() {};

        /// A request with events from this number up is about to go out.
        ///
        /// @param due when it should have gone, by `System.nanoTime`
        default void sending(long firstNumber, int events, long due) {}

        /// It was answered with a status of 2xx.
        default void accepted(long firstNumber, int events) {}
    }

    /// As fast as answers come, for some time.
    public static Load fast(int port, int connections, RequestTemplate request, Duration time) {
        return new Load(
                port,
                connections,
                request,
                0,
                Long.MAX_VALUE,
                time,
                Double.POSITIVE_INFINITY,
                _ -> true,
                Observer.NONE);
    }

    public Load from(long number) {
        return new Load(port, connections, request, number, requests, time, perSecond, gate, events);
    }

    public Load atMost(long count) {
        return new Load(port, connections, request, firstNumber, count, time, perSecond, gate, events);
    }

    public Load perSecond(double rate) {
        return new Load(port, connections, request, firstNumber, requests, time, rate, gate, events);
    }

    public Load gated(LongPredicate mayGo) {
        return new Load(port, connections, request, firstNumber, requests, time, perSecond, mayGo, events);
    }

    public Load observed(Observer observer) {
        return new Load(port, connections, request, firstNumber, requests, time, perSecond, gate, observer);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
