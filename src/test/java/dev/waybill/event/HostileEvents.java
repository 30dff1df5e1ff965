package dev.waybill.event;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Makes events that mean to hurt whatever looks at them: of up to 32 KiB, the default of `limits.eventBytes`, most
/// of it in one place: a text that regexes choke on, a list of thousands of items, two equal objects of thousands of
/// keys, sixty containers in each other, numbers of thousands of digits, lone surrogates, keys named like functions.
///
/// All have the same keys under `properties`, so that expressions and paths find what there is: `text`, `part`,
/// `list`, `other`, `items`, `object`, `twin`, `number`, `deep`, `time`, `any`.
public final class HostileEvents {
    /// The default of `limits.eventBytes`.
    public static final int MAX_BYTES = 32 << 10;

    private static final int MAX_DEPTH = 60;
    private static final List<String> TYPES = List.of("track", "track", "track", "page", "identify", "screen", "group");
    private static final List<String> NAMES = List.of("Order Completed", "product-viewed", "CART  VIEWED", "Odd");
    private static final List<String> PIECES = List.of(
            "a",
            "aaaaaaaa",
            "ab",
            "x@",
            "a.",
            "Σ",
            "İ",
            "ß",
            "😀",
            "\ud83d",
            "\udc00",
            " ",
            "\n",
            "\u0000",
            "\"",
            "\\",
            "/",
            "<",
            "0",
            "9",
            "-",
            "e",
            "(",
            "{",
            "$$",
            "%",
            "ä",
            "\u0301",
            "size",
            "true",
            "http://x/",
            "2026-01-31T10:00:00Z");
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "1",
            "30.50",
            "-1",
            "1000",
            "9007199254740993",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "1E400",
            "-1E400",
            "1E-400",
            "1E1000000000",
            "0.1",
            "1e5",
            "2.5E-324");
    private static final List<String> FUNCTIONS = List.of(
            "size",
            "matches",
            "contains",
            "has",
            "all",
            "exists",
            "map",
            "filter",
            "int",
            "string",
            "type",
            "event",
            "in",
            "timestamp",
            "null",
            "true",
            "_==_",
            "__proto__",
            "");
    private static final List<String> TIMES = List.of(
            "2026-01-31T10:00:00Z", "0000-00-00T00:00:00Z", "+999999999-12-31T23:59:59Z", "2026-01-31", "T", "1h");

    private final SplittableRandom random;

    public HostileEvents(SplittableRandom random) {
        this.random = random;
    }

    /// An event of at most [#MAX_BYTES] as JSON.
    public JsonObject next() {
        while (true) {
            JsonObject event = event(size());
            if (JsonText.bytes(event).length <= MAX_BYTES) {
                return event;
            }
        }
    }

    /// Small ones are many, large ones few; one in four hundred is as large as it may be.
    private int size() {
        return random.nextInt(400) == 0 ? MAX_BYTES - 2_000 : (int) Math.exp(random.nextDouble(3, 8));
    }

    private JsonObject event(int size) {
        String[] keys = {"text", "list", "items", "object", "number", "deep", "any"};
        String large = keys[random.nextInt(keys.length)];
        JsonObject.Builder properties = JsonObject.builder();
        properties.put("text", new Json.Str(text(share(large, "text", size))));
        properties.put("part", new Json.Str(text(large.equals("text") ? random.nextInt(1, 200) : 8)));
        int items = share(large, "list", size);
        properties.put("list", list(items / 2)).put("other", list(items / 2));
        properties.put("items", objects(share(large, "items", size)));
        JsonObject object = object(share(large, "object", size) / 2);
        properties.put("object", object).put("twin", twin(object));
        properties.put("number", number(share(large, "number", size)));
        properties.put("deep", deep(share(large, "deep", size)));
        properties.put("time", new Json.Str(pick(TIMES)));
        properties.put("any", value(share(large, "any", size)));
        return JsonObject.builder()
                .put("type", pick(TYPES))
                .put("event", random.nextInt(4) == 0 ? text(100) : pick(NAMES))
                .put("userId", random.nextInt(3) == 0 ? number(10) : new Json.Str(text(12)))
                .put("context", context())
                .put("traits", random.nextInt(10) == 0 ? value(20) : object(60))
                .put("properties", random.nextInt(50) == 0 ? value(20) : properties.build())
                .build();
    }

    private static int share(String large, String key, int size) {
        return key.equals(large) ? size : Math.min(size, 40);
    }

    private JsonObject context() {
        Json id = random.nextInt(4) == 0 ? value(20) : new Json.Str("0b8e7c1e-5d2f-4a3b-9c1d-2e3f4a5b6c7d");
        JsonObject kargo = JsonObject.builder().put("puid", id).build();
        JsonObject page = JsonObject.builder()
                .put("url", random.nextInt(3) == 0 ? value(40) : new Json.Str("https://shop.example/" + text(30)))
                .build();
        return JsonObject.builder()
                .put("page", page)
                .put("providers", JsonObject.builder().put("kargo", kargo).build())
                .build();
    }

    private Json value(int size) {
        return switch (random.nextInt(7)) {
            case 0 -> Json.of(random.nextBoolean());
            case 1 -> Json.Null.INSTANCE;
            case 2 -> number(size);
            case 3 -> list(size);
            case 4 -> object(size);
            case 5 -> deep(size);
            default -> new Json.Str(text(size));
        };
    }

    /// About so many bytes: few pieces over and over, for that is what hurts searches; sometimes with an end that lets
    /// the whole match fail.
    private String text(int size) {
        StringBuilder text = new StringBuilder();
        int kinds = random.nextInt(1, 4);
        List<String> pieces =
                random.ints(kinds, 0, PIECES.size()).mapToObj(PIECES::get).toList();
        for (int bytes = 0; bytes < size; ) {
            String piece = pieces.get(random.nextInt(kinds));
            text.append(piece);
            bytes += JsonText.bytes(new Json.Str(piece)).length - 2;
        }
        return text.append(random.nextBoolean() ? "!" : "").toString();
    }

    private Json number(int size) {
        return switch (random.nextInt(4)) {
            case 0 -> new Json.Num("9".repeat(Math.max(1, size)));
            case 1 -> new Json.Num("0." + "3".repeat(Math.max(1, size - 2)));
            default -> new Json.Num(pick(NUMBERS));
        };
    }

    private Json list(int size) {
        List<Json> items = new ArrayList<>();
        int kind = random.nextInt(6);
        Json same = new Json.Str(text(random.nextInt(1, 300)));
        for (int left = size; left > 0; left--) {
            Json item = switch (kind) {
                case 0 -> Json.of(1);
                case 1 -> Json.of(items.size());
                case 2 -> same;
                case 3 -> random.nextBoolean() ? JsonObject.EMPTY : new Json.Arr(List.of());
                case 4 -> number(random.nextInt(1, 40));
                default -> random.nextInt(3) == 0 ? Json.Null.INSTANCE : new Json.Str(text(1));
            };
            items.add(item);
            left -= JsonText.bytes(item).length;
        }
        return new Json.Arr(items);
    }

    private Json objects(int size) {
        List<Json> items = new ArrayList<>();
        boolean odd = random.nextInt(3) == 0;
        for (int left = size; left > 0; ) {
            JsonObject item = JsonObject.builder()
                    .put("sku", odd ? value(3) : new Json.Str(text(4)))
                    .put("qty", odd ? value(3) : Json.of(random.nextInt(10)))
                    .put("price", number(6))
                    .build();
            items.add(item);
            left -= JsonText.bytes(item).length + 1;
        }
        return new Json.Arr(items);
    }

    private JsonObject object(int size) {
        JsonObject.Builder object = JsonObject.builder();
        for (int left = size; left > 0; ) {
            String key = random.nextInt(4) == 0 ? pick(FUNCTIONS) : Integer.toString(random.nextInt(100_000), 36);
            Json value = random.nextInt(20) == 0 ? value(Math.min(left, 30)) : Json.of(random.nextInt(10));
            object.put(key, value);
            left -= JsonText.bytes(new Json.Str(key)).length + JsonText.bytes(value).length + 2;
        }
        return object.build();
    }

    /// The same in another order; sometimes its last value differs.
    private JsonObject twin(JsonObject object) {
        JsonObject.Builder twin = JsonObject.builder();
        for (int i = object.size() - 1; i >= 0; i--) {
            boolean other = i == 0 && random.nextInt(4) == 0;
            twin.put(object.name(i), other ? Json.of("other") : object.value(i));
        }
        return twin.build();
    }

    private Json deep(int size) {
        Json value = new Json.Str(text(3));
        int depth = Math.min(MAX_DEPTH, size / 3);
        for (int i = 0; i < depth; i++) {
            value = random.nextBoolean()
                    ? new Json.Arr(List.of(value))
                    : JsonObject.builder()
                            .put("d", value)
                            .put(pick(FUNCTIONS), size > 2_000 ? list(size / 60 - 20) : Json.of(i))
                            .build();
        }
        return value;
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
