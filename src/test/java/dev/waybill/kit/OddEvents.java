package dev.waybill.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.SplittableRandom;

/// Makes events that no honest site sends: huge, nested, with odd keys, wrong types, repeated keys and all of Unicode,
/// lone surrogates included; mixed with enough sense that many of them can be sent.
final class OddEvents {
    private static final String[] TYPES = {"track", "track", "track", "page", "identify", "screen", "group", "alias"};
    private static final String[] NAMES = {"Order Completed", "product-viewed", "CART  VIEWED", "Page", "Odd"};
    private static final String[] ALPHABET = {
        "a",
        "Z",
        "0",
        " ",
        ".",
        "_",
        "/",
        "<",
        "\\\"",
        "\\\\",
        "\\n",
        "\\u0001",
        "\\u0000",
        "ä",
        "€",
        "\uFFFD",
        "😀",
        "\\ud83d\\ude00",
        "\\ud800",
        "\\udc00",
        "\\u2028"
    };

    private final SplittableRandom random;

    OddEvents(SplittableRandom random) {
        this.random = random;
    }

    byte[] next() {
        StringBuilder json =
                new StringBuilder("{\"type\":\"").append(pick(TYPES)).append('"');
        json.append(",\"event\":").append(one(3) ? text(150) : '"' + pick(NAMES) + '"');
        json.append(",\"context\":").append(one(20) ? value(3) : context());
        for (String key : new String[] {"properties", "traits"}) {
            if (!one(10)) {
                json.append(",\"").append(key).append("\":").append(one(30) ? value(2) : object(4, 60));
            }
        }
        return json.append('}').toString().getBytes(UTF_8);
    }

    private String context() {
        String puid = one(4) ? value(1) : '"' + Kits.PUID + '"';
        String page = one(5) ? value(2) : "{\"url\":" + value(1) + ",\"referrer\":" + text(400) + "}";
        return "{\"page\":" + page + ",\"providers\":{\"kargo\":{\"puid\":" + puid + "}}}";
    }

    private String value(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 6)) {
            case 0 -> "null";
            case 1 -> one(2) ? "true" : "false";
            case 2 -> random.nextInt(-1000, 1000) + (one(2) ? ".50" : "e3");
            case 3 -> "1" + "0".repeat(random.nextInt(400));
            case 4, 5 -> text(one(4) ? 700 : 20);
            case 6 -> array(depth - 1);
            default -> object(depth - 1, 8);
        };
    }

    private String array(int depth) {
        StringBuilder array = new StringBuilder("[");
        int items = random.nextInt(6);
        for (int i = 0; i < items; i++) {
            array.append(i == 0 ? "" : ",").append(value(depth));
        }
        return array.append(']').toString();
    }

    private String object(int depth, int most) {
        StringBuilder object = new StringBuilder("{");
        int keys = random.nextInt(most);
        for (int i = 0; i < keys; i++) {
            object.append(i == 0 ? "" : ",").append(key()).append(':').append(value(depth));
        }
        return object.append('}').toString();
    }

    private String key() {
        return switch (random.nextInt(8)) {
            case 0 -> "\"lex_id\"";
            case 1 -> "\"email\"";
            case 2 -> text(220);
            default -> text(12);
        };
    }

    private String text(int most) {
        StringBuilder text = new StringBuilder("\"");
        int length = random.nextInt(most);
        boolean plain = one(2);
        for (int i = 0; i < length; i++) {
            text.append(plain ? "x" : pick(ALPHABET));
        }
        return text.append('"').toString();
    }

    private boolean one(int of) {
        return random.nextInt(of) == 0;
    }

    private String pick(String[] from) {
        return from[random.nextInt(from.length)];
    }
}
