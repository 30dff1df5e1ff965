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

    /// A request with one report, with the headers that a browser sends along for a page of the origin.
    ///
    /// @param pathAndQuery such as `/v1/identity/kargo?writeKey=wk`
    public static RequestTemplate fromPage(String pathAndQuery, String origin, String body) {
        String head = """
                POST %s HTTP/1.1
                Host: 127.0.0.1
                Connection: keep-alive
                Content-Length: %d
                sec-ch-ua-platform: "Linux"
                User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 \
                Safari/537.36
                sec-ch-ua: "Chromium";v="142", "Google Chrome";v="142", "Not_A Brand";v="99"
                Content-Type: text/plain;charset=UTF-8
                sec-ch-ua-mobile: ?0
                Accept: */*
                Origin: %s
                Sec-Fetch-Site: same-site
                Sec-Fetch-Mode: cors
                Sec-Fetch-Dest: empty
                Referer: %s/
                Accept-Encoding: gzip, deflate, br, zstd
                Accept-Language: en-US,en;q=0.9
                Cookie: wb_anonymous_id=5f0c7e1a-%s; _ga=GA1.1.1234567890.1700000000; session=6f1d2c3b4a59687766554433221100

                """.formatted(pathAndQuery, body.getBytes(StandardCharsets.UTF_8).length, origin, origin, NUMBER);
        return of(head.replace("\n", "\r\n") + body, 1);
    }

    private static RequestTemplate of(String path, String writeKey, String body, int events) {
        String user = Base64.getEncoder().encodeToString((writeKey + ":").getBytes(StandardCharsets.UTF_8));
        String request = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Basic " + user
                + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
        return of(request, events);
    }

    private static RequestTemplate of(String request, int events) {
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
