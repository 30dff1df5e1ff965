package dev.waybill.playbook;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.waybill.event.Event;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A condition in CEL, Google's Common Expression Language, over the variable `event`. This is the only class that
/// touches CEL, so that a playbook without filters never loads it.
///
/// Bounded: the text has at most 2,000 characters, an evaluation at most 1,000 steps of `all`, `exists` and their kind,
/// and `matches` runs in linear time (RE2). Nothing but CEL's standard functions is there to call.
final class CelCondition implements Condition {
    private static final int MAX_LENGTH = 2_000;
    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(MAX_LENGTH)
            .comprehensionMaxIterations(1_000)
            .enableHeterogeneousNumericComparisons(true)
            .build();
    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("event", SimpleType.DYN)
            .build();
    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.legacyCelRuntimeBuilder().setOptions(OPTIONS).build();

    private final CelRuntime.Program program;

    private CelCondition(CelRuntime.Program program) {
        this.program = program;
    }

    /// Compiles a condition.
    ///
    /// @throws IllegalArgumentException when the text is no condition; the message says why
    static CelCondition compile(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "the condition has " + text.length() + " characters; allowed: " + MAX_LENGTH);
        }
        try {
            CelAbstractSyntaxTree tree = COMPILER.compile(text).getAst();
            CelType type = tree.getResultType();
            if (!type.equals(SimpleType.BOOL) && !type.equals(SimpleType.DYN)) {
                throw new IllegalArgumentException(
                        "the condition gives a " + type.name() + "; it must give true or false");
            }
            return new CelCondition(RUNTIME.createProgram(tree));
        } catch (CelValidationException | CelEvaluationException e) {
            String first = String.valueOf(e.getMessage())
                    .lines()
                    .findFirst()
                    .orElse("")
                    .replace("ERROR: <input>:", "at ");
            throw new IllegalArgumentException(
                    "no valid CEL: " + first + "; it speaks of 'event', such as event.properties.test == true", e);
        }
    }

    @Override
    public boolean holds(Event event) {
        Map<String, Object> received = map(event.json());
        received.putIfAbsent("type", event.type().text());
        try {
            return Boolean.TRUE.equals(program.eval(Map.of("event", received)));
        } catch (CelEvaluationException | RuntimeException e) {
            // Whatever a condition meets in a hostile event, it is a condition that does not hold.
            return false;
        }
    }

    private static Map<String, Object> map(JsonObject object) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < object.size(); i++) {
            map.put(object.name(i), value(object.value(i)));
        }
        return map;
    }

    private static Object value(Json value) {
        return switch (value) {
            case Json.Str(String text) -> text;
            case Json.Num(String literal) -> number(literal);
            case Json.Bool bool -> bool == Json.Bool.TRUE;
            case Json.Null _ -> NullValue.NULL_VALUE;
            case Json.Arr(List<Json> items) -> {
                List<Object> list = new ArrayList<>(items.size());
                items.forEach(item -> list.add(value(item)));
                yield list;
            }
            case JsonObject object -> map(object);
        };
    }

    private static Object number(String literal) {
        try {
            return Long.valueOf(literal);
        } catch (NumberFormatException e) {
            return Double.valueOf(literal);
        }
    }
}
