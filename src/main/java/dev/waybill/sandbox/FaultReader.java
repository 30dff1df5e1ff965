package dev.waybill.sandbox;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the body of `PUT /faults`: `{}` is [Fault#NONE], and `null` stands for a key's default.
final class FaultReader {
    private static final Set<String> KEYS =
            Set.of("status", "share", "delayMs", "retryAfterSeconds", "hang", "reset", "for");

    private final List<String> problems;

    private FaultReader(List<String> problems) {
        this.problems = problems;
    }

    /// @param problems receives one sentence for each thing wrong; when there is any, the result means nothing
    static Fault read(Json json, List<String> problems) {
        if (!(json instanceof JsonObject object)) {
            problems.add("the body is of the wrong kind (" + json.kind() + "); send an object, {} heals");
            return Fault.NONE;
        }
        return new FaultReader(problems).read(object);
    }

    private Fault read(JsonObject object) {
        for (Map.Entry<String, Json> entry : object) {
            if (!KEYS.contains(entry.getKey())) {
                problems.add(entry.getKey() + " is no key of a fault; it has status, share, delayMs,"
                        + " retryAfterSeconds, hang, reset and for");
            }
        }
        Long status = whole(object, "status", 200, 599);
        Double share = number(object, "share", 0, 1);
        Long delay = whole(object, "delayMs", 0, 300_000);
        Long retryAfter = whole(object, "retryAfterSeconds", 0, 86_400);
        boolean hang = flag(object, "hang");
        boolean reset = flag(object, "reset");
        if (hang && reset) {
            problems.add("hang and reset exclude each other; choose one");
        }
        if (retryAfter != null && object.present("status") == null) {
            problems.add("retryAfterSeconds needs a status to go with, such as 429 or 503");
        }
        return new Fault(
                status == null ? null : status.intValue(),
                share == null ? 1 : share,
                delay == null ? 0 : delay,
                retryAfter,
                hang,
                reset,
                target(object));
    }

    private @Nullable Long whole(JsonObject object, String key, long from, long to) {
        Double value = number(object, key, from, to);
        if (value != null && value != Math.rint(value)) {
            problems.add(key + " is " + value + "; send a whole number");
            return null;
        }
        return value == null ? null : value.longValue();
    }

    private @Nullable Double number(JsonObject object, String key, long from, long to) {
        Json json = object.present(key);
        if (json == null) {
            return null;
        }
        if (!(json instanceof Json.Num(String literal))) {
            problems.add(
                    "%s is of the wrong kind (%s); send a number from %d to %d".formatted(key, json.kind(), from, to));
            return null;
        }
        double value = Double.parseDouble(literal);
        if (value < from || value > to) {
            problems.add("%s is %s; send a number from %d to %d".formatted(key, literal, from, to));
            return null;
        }
        return value;
    }

    private boolean flag(JsonObject object, String key) {
        Json json = object.present(key);
        if (json != null && !(json instanceof Json.Bool)) {
            problems.add(key + " is of the wrong kind (" + json.kind() + "); send true or false");
        }
        return json == Json.Bool.TRUE;
    }

    private Fault.Target target(JsonObject object) {
        Json json = object.present("for");
        if (json == null) {
            return Fault.Target.BOTH;
        }
        return switch (json.asText()) {
            case "events" -> Fault.Target.EVENTS;
            case "id" -> Fault.Target.ID;
            case "both" -> Fault.Target.BOTH;
            case null, default -> {
                problems.add("for is " + JsonText.write(json) + "; send \"events\", \"id\" or \"both\"");
                yield Fault.Target.BOTH;
            }
        };
    }
}
