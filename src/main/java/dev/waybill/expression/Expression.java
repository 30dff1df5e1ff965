package dev.waybill.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelErrorCode;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One expression in CEL, compiled. Its text has at most 2,000 characters; all its loops together take at most 1,000
/// steps. Equal texts share one program, so that a thousand integrations with the same filter compile it once.
public final class Expression {
    /// The longest text, in characters.
    public static final int MAX_LENGTH = 2_000;

    private static final int MAX_STEPS = 1_000;
    private static final int MAX_SHARED = 10_000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(MAX_LENGTH)
            .maxParseRecursionDepth(100)
            .comprehensionMaxIterations(MAX_STEPS)
            .enableHeterogeneousNumericComparisons(true)
            .build();
    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("event", SimpleType.DYN)
            .build();
    private static final CelRuntime RUNTIME = Functions.runtime(OPTIONS);
    private static final Map<String, Expression> SHARED = new ConcurrentHashMap<>();

    private final String text;
    private final CelType type;
    private final CelRuntime.Program program;
    private final NeededFields forCondition;
    private final NeededFields forValue;

    private Expression(String text, CelAbstractSyntaxTree tree, CelRuntime.Program program) {
        this.text = text;
        this.type = tree.getResultType();
        this.program = program;
        this.forCondition = NeededFields.ofCondition(tree);
        this.forValue = NeededFields.ofValue(tree);
    }

    /// Compiles a question: an expression that gives true or false.
    ///
    /// @throws IllegalArgumentException when the text is none; the message says why and what is allowed
    public static Expression condition(String text) {
        Expression compiled = value(text);
        if (!compiled.type.equals(SimpleType.BOOL) && !compiled.type.equals(SimpleType.DYN)) {
            throw new IllegalArgumentException(
                    "the condition gives a value of type " + compiled.type.name() + "; it must give true or false");
        }
        return compiled;
    }

    /// Compiles an expression that gives a value of any kind.
    ///
    /// @throws IllegalArgumentException when the text is none; the message says why and what is allowed
    public static Expression value(String text) {
        Expression known = SHARED.get(text);
        if (known != null) {
            return known;
        }
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "the expression has " + text.length() + " characters; allowed: " + MAX_LENGTH);
        }
        Expression compiled = compile(text);
        if (SHARED.size() < MAX_SHARED) {
            SHARED.put(text, compiled);
        }
        return compiled;
    }

    private static Expression compile(String text) {
        try {
            CelAbstractSyntaxTree tree = COMPILER.compile(text).getAst();
            CompileCheck.check(tree);
            return new Expression(text, tree, RUNTIME.createProgram(tree));
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

    /// The text it was compiled from.
    public String text() {
        return text;
    }

    /// An event as expressions see it. Made once for each event and shared by all its expressions.
    public static Map<String, ?> variables(JsonObject event) {
        return Map.of("event", new EventFields(event));
    }

    /// Whether the condition holds; false too when it meets a missing field or can't be worked out.
    ///
    /// @param variables of [#variables]
    public boolean holds(Map<String, ?> variables) {
        return forCondition.allIn(event(variables)) && evaluatesToTrue(variables);
    }

    boolean evaluatesToTrue(Map<String, ?> variables) {
        try {
            Effort.begin();
            return Boolean.TRUE.equals(program.eval(variables));
        } catch (CelEvaluationException | RuntimeException | StackOverflowError | Effort.SpentError e) {
            // Whatever a condition meets in a hostile event, it is a condition that does not hold.
            return false;
        }
    }

    /// The value, or null when it is absent: it gave null, met a missing field, or can't be worked out.
    ///
    /// @param variables of [#variables]
    /// @param misfit is told why, in words without the event's content, when it can't be worked out
    public @Nullable Json value(Map<String, ?> variables, Consumer<String> misfit) {
        return forValue.allIn(event(variables)) ? evaluated(variables, misfit) : null;
    }

    @Nullable
    Json evaluated(Map<String, ?> variables, Consumer<String> misfit) {
        try {
            Effort.begin();
            Json value = CelValues.json(program.eval(variables));
            if (value == null) {
                misfit.accept("the expression gave a value that JSON can't hold");
            }
            return value instanceof Json.Null ? null : value;
        } catch (CelEvaluationException e) {
            if (e.getErrorCode() != CelErrorCode.ATTRIBUTE_NOT_FOUND) {
                misfit.accept("the expression failed: " + words(e.getErrorCode()));
            }
            return null;
        } catch (RuntimeException | StackOverflowError | Effort.SpentError e) {
            misfit.accept("the expression failed: it takes too long for this event");
            return null;
        }
    }

    private static JsonObject event(Map<String, ?> variables) {
        return variables.get("event") instanceof EventFields fields ? fields.object() : JsonObject.EMPTY;
    }

    private static String words(CelErrorCode code) {
        return switch (code) {
            case OVERLOAD_NOT_FOUND -> "it met a value of another type than it can take";
            case DIVIDE_BY_ZERO -> "it divides by zero";
            case NUMERIC_OVERFLOW -> "a number is too large";
            case INDEX_OUT_OF_BOUNDS -> "an index is outside of its list";
            case ITERATION_BUDGET_EXCEEDED -> "its loops take more than " + MAX_STEPS + " steps";
            case BAD_FORMAT -> "a text is not in the form that a conversion needs";
            default -> "it can't be worked out for this event";
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Expression expression && expression.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
