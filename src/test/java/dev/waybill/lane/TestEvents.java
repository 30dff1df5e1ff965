package dev.waybill.lane;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Problems;
import dev.waybill.config.Variables;
import dev.waybill.config.YamlFile;
import dev.waybill.deliver.FakeDestination.Received;
import dev.waybill.event.EventType;
import dev.waybill.kit.Integration;
import dev.waybill.kit.IntegrationCompiler;
import dev.waybill.log.LogRecord;
import dev.waybill.log.RecordHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Orders as the collector keeps them, and the Kargo integration that takes them. An order's name is its messageId and
/// its `order_id`.
public final class TestEvents {
    public static final String PUID = "3e0b1c2d-4f5a-2b6c-d7e8-9f0a1b2c3d4e";

    private static final Pattern ORDER = Pattern.compile("\"order_id\":\"([^\"]+)\"");
    private static final Variables NONE = new Variables() {
        @Override
        public Optional<String> environment(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<String> secret(String name) {
            return Optional.empty();
        }
    };

    private TestEvents() {}

    public static LogRecord order(String name, long receivedAt) {
        return track(name, "Order Completed", "u-" + name, true, receivedAt);
    }

    public static LogRecord withoutIdentity(String name, long receivedAt) {
        return track(name, "Order Completed", "u-" + name, false, receivedAt);
    }

    public static LogRecord track(String name, String event, String user, boolean identity, long receivedAt) {
        String json = """
                {"type":"track","event":"%s","messageId":"%s","userId":"%s","properties":{"order_id":"%s"},
                 "context":{"page":{"url":"https://shop.example/"}%s}}""".formatted(
                event, name, user, name, identity ? ",\"providers\":{\"kargo\":{\"puid\":\"" + PUID + "\"}}" : "");
        RecordHeader header = new RecordHeader(EventType.TRACK, name, user, false, Map.of(), null, null, null);
        return new LogRecord(receivedAt, header, json.getBytes(UTF_8));
    }

    /// An order without an identifier, of a browser that may report one.
    public static LogRecord anonymous(String name, String anonymousId, long receivedAt) {
        return anonymous(name, "Order Completed", anonymousId, receivedAt);
    }

    public static LogRecord anonymous(String name, String event, String anonymousId, long receivedAt) {
        String json = """
                {"type":"track","event":"%s","messageId":"%s","anonymousId":"%s","properties":{"order_id":"%s"},
                 "context":{"page":{"url":"https://shop.example/"}}}""".formatted(event, name, anonymousId, name);
        RecordHeader header = new RecordHeader(EventType.TRACK, name, anonymousId, false, Map.of(), null, null, null);
        return new LogRecord(receivedAt, header, json.getBytes(UTF_8));
    }

    /// An order with an identifier, of a browser that has an anonymousId.
    public static LogRecord identified(String name, String anonymousId, long receivedAt) {
        LogRecord order = anonymous(name, anonymousId, receivedAt);
        String json = new String(order.body(), UTF_8)
                .replace("\"context\":{", "\"context\":{\"providers\":{\"kargo\":{\"puid\":\"" + PUID + "\"}},");
        return new LogRecord(receivedAt, order.header(), json.getBytes(UTF_8));
    }

    /// An order without an identifier, of a browser that objects by `Sec-GPC`.
    public static LogRecord denied(String name, String anonymousId, long receivedAt) {
        LogRecord allowed = anonymous(name, anonymousId, receivedAt);
        RecordHeader header = new RecordHeader(EventType.TRACK, name, anonymousId, true, Map.of(), null, null, null);
        return new LogRecord(receivedAt, header, allowed.body());
    }

    /// Orders named prefix-from to prefix-(to - 1).
    public static List<LogRecord> orders(String prefix, int from, int to, long receivedAt) {
        List<LogRecord> orders = new ArrayList<>();
        for (int i = from; i < to; i++) {
            orders.add(order(prefix + "-" + i, receivedAt));
        }
        return orders;
    }

    /// The order that a request is about.
    public static String name(Received request) {
        Matcher order = ORDER.matcher(request.body());
        if (!order.find()) {
            throw new IllegalArgumentException("no order: " + request.body());
        }
        return order.group(1);
    }

    /// The order's number: 17 of web-17.
    public static int number(Received request) {
        String name = name(request);
        return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    }

    /// A revision that sends to that address.
    ///
    /// @param more further lines of the file, such as `maxEventAge: 1h`
    public static Integration kargo(String name, int revision, String endpoint, String more) {
        String yaml = """
                kit: kargo
                parameters: {PARTNER_ID: p-%d, ENDPOINT: '%s'}
                %s
                """.formatted(revision, endpoint, more);
        Problems problems = new Problems();
        ConfigNode root = YamlFile.read(revision + ".yaml", yaml, problems).orElseThrow();
        return IntegrationCompiler.compile(name, revision, root, NONE, problems)
                .orElseThrow(
                        () -> new IllegalArgumentException(problems.sorted().toString()));
    }
}
