package dev.waybill.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Looking for fields beforehand changes no answer: random expressions over random events, with and without.
class NeededFieldsTest {
    private static final List<String> FIELDS = List.of("a", "b", "c");

    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);

    @Test
    void an_answer_is_the_same_as_without_looking_first() {
        for (int i = 0; i < 400; i++) {
            String condition = condition(3);
            String value = operand(3);
            Expression asked = Expression.condition(condition);
            Expression given = Expression.value(value);
            for (int j = 0; j < 12; j++) {
                JsonObject event = event(2);
                Map<String, ?> variables = Expression.variables(event);
                assertThat(asked.holds(variables))
                        .as("seed %d: %s of %s", seed, condition, event)
                        .isEqualTo(asked.evaluatesToTrue(variables));
                assertThat(told(given.value(variables, _ -> {})))
                        .as("seed %d: %s of %s", seed, value, event)
                        .isEqualTo(told(given.evaluated(variables, _ -> {})));
            }
        }
    }

    private static String told(@org.jspecify.annotations.Nullable Json value) {
        return String.valueOf(value);
    }

    private String condition(int depth) {
        if (depth == 0) {
            return path() + " == " + random.nextInt(2);
        }
        return switch (random.nextInt(9)) {
            case 0, 1 -> "(" + condition(depth - 1) + " && " + condition(depth - 1) + ")";
            case 2 -> "(" + condition(depth - 1) + " || " + condition(depth - 1) + ")";
            case 3 -> "!(" + condition(depth - 1) + ")";
            case 4 -> "(" + condition(depth - 1) + " ? " + condition(depth - 1) + " : " + condition(depth - 1) + ")";
            case 5 -> "has(" + path() + ")";
            case 6 -> "[dyn(" + operand(depth - 1) + "), 1].exists(x, x == dyn(" + operand(depth - 1) + "))";
            case 7 -> "(" + condition(depth - 1) + ") == (" + condition(depth - 1) + ")";
            default -> "dyn(" + operand(depth - 1) + ") != dyn(" + operand(depth - 1) + ")";
        };
    }

    private String operand(int depth) {
        if (depth == 0) {
            return random.nextInt(3) == 0 ? String.valueOf(random.nextInt(3)) : path();
        }
        return switch (random.nextInt(4)) {
            case 0 ->
                "(" + condition(depth - 1) + " ? dyn(" + operand(depth - 1) + ") : dyn(" + operand(depth - 1) + "))";
            case 1 -> "[dyn(" + operand(depth - 1) + ")]";
            default -> path();
        };
    }

    private String path() {
        StringBuilder path = new StringBuilder("event");
        for (int i = 0, deep = 1 + random.nextInt(2); i < deep; i++) {
            path.append('.').append(FIELDS.get(random.nextInt(FIELDS.size())));
        }
        return path.toString();
    }

    private JsonObject event(int depth) {
        JsonObject.Builder event = JsonObject.builder();
        for (String field : new ArrayList<>(FIELDS)) {
            switch (random.nextInt(5)) {
                case 0 -> event.put(field, random.nextInt(3));
                case 1 -> event.put(field, Json.Null.INSTANCE);
                case 2 -> event.put(field, depth == 0 ? Json.of("text") : event(depth - 1));
                case 3 -> event.put(field, random.nextInt(2) == 0);
                default -> {}
            }
        }
        return event.build();
    }
}
