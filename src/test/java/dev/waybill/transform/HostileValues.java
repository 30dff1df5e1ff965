package dev.waybill.transform;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Values that no honest site sends, of up to some 256 KiB.
final class HostileValues {
    private static final int LARGE = 256 << 10;
    private static final List<String> PIECES = List.of(
            "a",
            "A",
            "Σ",
            "ß",
            "İ",
            "😀",
            "\ud83d",
            "\udc00",
            " ",
            "\u00a0",
            "\u0001",
            "\"",
            "%",
            "%4",
            "%ff",
            "&",
            "=",
            "?q=",
            "://",
            "@",
            ".",
            ",",
            "-",
            "+",
            "1",
            "0",
            "e",
            "\n",
            "aaaaab",
            "Anna@example.com",
            "+1 (212) 555-0123",
            "2026-01-31",
            "T10:00:00Z",
            "https://example.com:99/?q=%20#x",
            "x;ext=",
            "\u0661",
            "ﬃ",
            "e\u0301");
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "1",
            "30.50",
            "9007199254740993",
            "1E400",
            "1E-400",
            "1E1000000000",
            "-1E-1000000000",
            "1E99999999999999999999",
            "0E1000000000",
            "1E401",
            "1769853600",
            "1769853600123",
            "-62167219200",
            "253402300799.999999",
            "9223372036854775808",
            "1e5",
            "0.1e-7");

    private final SplittableRandom random;

    HostileValues(SplittableRandom random) {
        this.random = random;
    }

    /// A value; some are large.
    Json next() {
        int size = random.nextInt(150) == 0 ? LARGE : random.nextInt(1, 200);
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> new Json.Str(text(size));
            case 3 -> number(size);
            case 4 -> deep(size);
            case 5 -> wide(size);
            case 6 -> object(size);
            default -> Json.of(random.nextBoolean());
        };
    }

    /// Most are few pieces over and over: that is what hurts searches.
    String text(int size) {
        StringBuilder text = new StringBuilder();
        int kinds = random.nextInt(1, 4);
        List<String> pieces =
                random.ints(kinds, 0, PIECES.size()).mapToObj(PIECES::get).toList();
        while (text.length() < size) {
            text.append(pieces.get(random.nextInt(kinds)));
            if (random.nextInt(1000) == 0) {
                text.append((char) random.nextInt(0x10000));
            }
        }
        return text.toString();
    }

    private Json number(int size) {
        return switch (random.nextInt(4)) {
            case 0 -> new Json.Num("9".repeat(size));
            case 1 -> new Json.Num("0." + "3".repeat(size));
            default -> new Json.Num(NUMBERS.get(random.nextInt(NUMBERS.size())));
        };
    }

    private Json deep(int size) {
        Json value = new Json.Str(text(3));
        int depth = random.nextInt(1, Math.min(size, 5_000) + 1);
        for (int i = 0; i < depth; i++) {
            value = random.nextBoolean()
                    ? new Json.Arr(List.of(value))
                    : JsonObject.builder().put(text(2), value).put("b", i).build();
        }
        return value;
    }

    private Json wide(int size) {
        List<Json> items = new ArrayList<>();
        boolean alike = random.nextBoolean();
        int each = random.nextInt(1, 12);
        Json first = leaf(each);
        for (int left = size; left > 0; left -= each) {
            items.add(alike ? first : leaf(each));
        }
        return new Json.Arr(items);
    }

    private Json leaf(int size) {
        return switch (random.nextInt(5)) {
            case 0 -> Json.Null.INSTANCE;
            case 1 -> number(Math.min(size, 400));
            case 2 -> JsonObject.builder().put("q", number(5)).put("a", text(2)).build();
            default -> new Json.Str(text(Math.min(size, 100)));
        };
    }

    private Json object(int size) {
        JsonObject.Builder builder = JsonObject.builder();
        String prefix = text(Math.min(size, 20_000));
        for (int left = size; left > 0; left -= 20) {
            builder.put(text(random.nextInt(1, 12)), leaf(8));
        }
        return JsonObject.builder().put(prefix, builder.build()).build();
    }
}
