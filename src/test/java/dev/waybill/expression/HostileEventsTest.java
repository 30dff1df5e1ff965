package dev.waybill.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.event.HostileEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What a playbook's expressions may meet.
class HostileEventsTest {
    private static final int EVENTS = 10_000;

    /// Some 60 ms are usual for the worst on one slow core; the rest is room for busy ones.
    private static final Duration BOUND = Duration.ofMillis(250);

    private static final List<String> EXPRESSIONS = List.of(
            "event.properties.text.matches('^(a+)+$')",
            "event.properties.text.matches('(a|aa)+$')",
            "event.properties.text.matches('(.*)*x(.*)*y')",
            "event.properties.text.matches('^([a-zA-Z0-9_.-]+)+@([a-z0-9-]+[.])+[a-z]{2,}$')",
            "event.properties.text.matches('(a?){50}a{50}')",
            "event.properties.text.matches('(?i)σ{20,40}$')",
            "event.properties.list.exists(x, string(x).matches('(x+x+)+y'))",
            "event.properties.text.contains(event.properties.part)",
            "event.properties.list.exists(x, event.properties.text.contains(string(x)))",
            "event.properties.list.all(x, x in event.properties.list)",
            "event.properties.list.all(x, !(x in event.properties.other))",
            "event.properties.list.all(x, event.properties.object == event.properties.twin)",
            "event.properties.list.filter(x, event.properties.list != event.properties.other)",
            "event.properties.list.map(x, event.properties.deep == event.properties.deep)",
            "event.properties.list.exists(x, event.properties.other.exists(y, x == y && x == event.properties.text))",
            "event.properties.list.filter(x, event.properties.other.filter(y, y == x) == [])",
            "event.properties.list.map(x, event.properties.other.map(y, [x, y, event.properties.object]))",
            "event.properties.items.all(p, p.qty > 0 && p.sku.startsWith('a') && p.price <= 1000.0)",
            "event.properties.items.filter(p, p.qty > 1).map(p, p.sku + '-' + string(p.qty))",
            "event.properties.object.all(k, k.size() < 10 && event.properties.object[k] == event.properties.twin[k])",
            "event.properties.list.exists(x, (event.properties.list + event.properties.other).size() < 3)",
            "event.properties.list.all(x, event.properties.text + event.properties.text != 'x')",
            "event.properties.list.all(x, size(event.properties.text) >= 0)",
            "event.properties.list.exists(x, event.properties.number < x || x <= event.properties.number)",
            "event.properties.list.exists(x, int(x) == 7 || double(x) == 7.0 || bool(x) || uint(x) == 7u)",
            "event.properties.list.exists(x, int(event.properties.text) == 1)",
            "event.properties.list.exists(x, double(event.properties.text) == 1.0)",
            "event.properties.list.exists(x, timestamp(event.properties.text) == timestamp(event.properties.time))",
            "event.properties.list.exists(x, duration(event.properties.text) > duration('1s'))",
            "timestamp(event.properties.time).getHours(event.properties.part) > 3",
            "timestamp(event.properties.time) + duration('24h') < timestamp('2027-01-01T00:00:00Z')",
            "event.properties.list.all(x, event.properties.text < event.properties.part + 'z')",
            "event.properties.list.all(x, bytes(event.properties.text) != b'x')",
            "event.properties.list.exists(x, type(x) == string && x.endsWith(event.properties.part))",
            "event.properties.any * 2 / (event.properties.number - 1) % 7 == -event.properties.any",
            "has(event.properties.any.d) ? event.properties.any.d : [event.properties.any, {'a': event.properties}]",
            "event.properties.deep['d']['d'][0][0] == event.properties.deep.size.matches",
            "!(event.properties.number == 1 || event.userId == 'x') && event.event in ['a', 'b', event.properties.part]",
            "event");

    private final List<String> why = new ArrayList<>();

    @Test
    void no_event_of_ten_thousand_makes_an_expression_throw_or_take_long() {
        long seed = new Random().nextLong();
        System.out.println("Expressions over hostile events, seed " + seed);
        HostileEvents events = new HostileEvents(new SplittableRandom(seed));
        List<Expression> expressions =
                EXPRESSIONS.stream().map(Expression::value).toList();
        long worst = 0;
        String slowest = "";
        for (int i = 0; i < EVENTS; i++) {
            Map<String, ?> variables = Expression.variables(events.next());
            for (Expression expression : expressions) {
                long taken = nanos(expression, variables);
                if (taken > worst) {
                    worst = taken;
                    slowest = "event " + i + ", " + expression;
                }
            }
        }
        System.out.printf("  worst of %,d: %,d µs (%s)%n", EVENTS * expressions.size(), worst / 1000, slowest);
        assertThat(Duration.ofNanos(worst)).as(slowest).isLessThan(BOUND);
    }

    private long nanos(Expression expression, Map<String, ?> variables) {
        long taken = once(expression, variables);
        for (int again = 0; again < 3 && taken > BOUND.toNanos() / 5; again++) {
            // The machine may have been busy with something else.
            taken = Math.min(taken, once(expression, variables));
        }
        return taken;
    }

    private long once(Expression expression, Map<String, ?> variables) {
        why.clear();
        long start = System.nanoTime();
        expression.value(variables, why::add);
        return System.nanoTime() - start;
    }
}
