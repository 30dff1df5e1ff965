package dev.waybill.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;

/// One HTTP request, written once. Each event in it has a number, and sending it again only writes the next
/// numbers in place: making load costs no more than the copying. Immutable.
public final class RequestTemplate {
    /// Where an event's number goes, as 16 hexadecimal digits: it may stand several times in one event.
    public static final String NUMBER = "################";

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes;
    private final List<int[]> places;

    private RequestTemplate(byte[] bytes, List<int[]> places) {
        this.bytes = bytes;
        this.places = places;
    }

    /// A request with one event.
    ///
    /// @param path such as `/v1/track`
    /// @param body the event's JSON, with [#NUMBER] where its number goes
    public static RequestTemplate single(String path, String writeKey, String body) {
        return of(path, writeKey, body, 1);
    }

    /// A request to `/v1/batch` with the same event several times, each with a number of its own.
    public static RequestTemplate batch(String writeKey, String event, int events) {
        String body = "{\"batch\":[" + String.join(",", Collections.nCopies(events, event)) + "]}";
        return of("/v1/batch", writeKey, body, events);
    }

    private static RequestTemplate of(String path, String writeKey, String body, int events) {
        String user = Base64.getEncoder().encodeToString((writeKey + ":").getBytes(StandardCharsets.UTF_8));
        String request = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Basic " + user
                + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
        byte[] bytes = request.getBytes(StandardCharsets.UTF_8);
        int[] found = places(bytes);
        if (found.length % events != 0) {
            throw new IllegalArgumentException("every event needs the same count of numbers");
        }
        int each = found.length / events;
        List<int[]> places = new ArrayList<>(events);
        for (int i = 0; i < events; i++) {
            places.add(java.util.Arrays.copyOfRange(found, i * each, (i + 1) * each));
        }
        return new RequestTemplate(bytes, List.copyOf(places));
    }

    private static int[] places(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<Integer> found = new ArrayList<>();
        for (int at = text.indexOf(NUMBER); at >= 0; at = text.indexOf(NUMBER, at + NUMBER.length())) {
            found.add(at);
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    /// How many events one request carries.
    public int events() {
        return places.size();
    }

    /// A copy to send from.
    byte[] copy() {
        return bytes.clone();
    }

    /// Numbers the events of a copy, from `first` up.
    void number(byte[] copy, long first) {
        for (int i = 0; i < places.size(); i++) {
            for (int place : places.get(i)) {
                write(copy, place, first + i);
            }
        }
    }

    private static void write(byte[] into, int at, long number) {
        for (int i = 0; i < NUMBER.length(); i++) {
            into[at + i] = HEX[(int) (number >>> (60 - 4 * i)) & 15];
        }
    }
}
