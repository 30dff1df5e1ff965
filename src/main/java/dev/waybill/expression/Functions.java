package dev.waybill.expression;

import com.google.protobuf.ByteString;
import com.google.re2j.Pattern;
import dev.cel.common.CelOptions;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.RuntimeEquality;
import dev.cel.runtime.RuntimeHelpers;
import dev.cel.runtime.standard.AddOperator.AddOverload;
import dev.cel.runtime.standard.CelStandardOverload;
import dev.cel.runtime.standard.ContainsFunction.ContainsOverload;
import dev.cel.runtime.standard.MatchesFunction.MatchesOverload;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// CEL's standard functions, each paid for ([Effort]) by the texts it is given and by its failures. Those are replaced
/// whose cost or result can grow with the product of their arguments: joining, searching a text in another, regexes.
final class Functions {
    private static final Set<CelStandardOverload> REPLACED = Set.of(
            AddOverload.ADD_STRING,
            AddOverload.ADD_BYTES,
            AddOverload.ADD_LIST,
            ContainsOverload.CONTAINS_STRING,
            MatchesOverload.MATCHES,
            MatchesOverload.MATCHES_STRING);

    /// What one character costs at one step of a regex's program: RE2 may stand at all of them at once.
    private static final long REGEX_STEP = 6;

    /// Patterns stand in expressions and never come from events ([CompileCheck]), so there are only so many.
    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private Functions() {}

    static CelRuntime runtime(CelOptions options) {
        RuntimeEquality equality = RuntimeEquality.create(RuntimeHelpers.create(), options);
        List<CelFunctionBinding> standard = CelStandardFunctions.newBuilder()
                .filterFunctions((_, overload) -> !REPLACED.contains(overload))
                .build()
                .newFunctionBindings(equality, options)
                .stream()
                .map(Functions::paid)
                .toList();
        return CelRuntimeFactory.legacyCelRuntimeBuilder()
                .setOptions(options)
                .setStandardEnvironmentEnabled(false)
                .addFunctionBindings(standard)
                .addFunctionBindings(
                        CelFunctionBinding.from("add_string", String.class, String.class, Functions::join),
                        CelFunctionBinding.from("add_bytes", ByteString.class, ByteString.class, Functions::joinBytes),
                        CelFunctionBinding.from("add_list", Collection.class, Collection.class, Functions::joinLists),
                        CelFunctionBinding.from("contains_string", String.class, String.class, Functions::contains),
                        CelFunctionBinding.from("matches", String.class, String.class, Functions::matches),
                        CelFunctionBinding.from("matches_string", String.class, String.class, Functions::matches))
                .build();
    }

    private static CelFunctionBinding paid(CelFunctionBinding function) {
        if (!function.isStrict()) {
            return function;
        }
        CelFunctionOverload definition = function.getDefinition();
        return CelFunctionBinding.from(
                function.getOverloadId(), function.getArgTypes(), args -> paid(definition, args));
    }

    private static Object paid(CelFunctionOverload definition, Object[] args) throws CelEvaluationException {
        long cost = Effort.VALUE;
        for (Object arg : args) {
            cost += arg instanceof String text ? text.length() / 8 : 0;
        }
        Effort.pay(cost);
        try {
            return definition.apply(args);
        } catch (CelEvaluationException | RuntimeException e) {
            // What went wrong tells the whole text again.
            Effort.pay(Effort.FAILURE + 4 * cost);
            throw e;
        }
    }

    private static String join(String left, String right) {
        Effort.pay(left.length() + (long) right.length());
        return left.concat(right);
    }

    private static ByteString joinBytes(ByteString left, ByteString right) {
        Effort.pay(left.size() + (long) right.size());
        return left.concat(right);
    }

    private static Collection<?> joinLists(Collection<?> left, Collection<?> right) {
        Effort.pay(Effort.VALUE * (left.size() + (long) right.size()));
        List<Object> joined = new ArrayList<>(left.size() + right.size());
        joined.addAll(left);
        joined.addAll(right);
        return joined;
    }

    private static boolean contains(String text, String part) {
        // The JDK's search starts anew at every place where the first character fits.
        Effort.pay(Effort.VALUE + text.length() * (1L + part.length() / 64));
        return text.contains(part);
    }

    private static boolean matches(String text, String pattern) {
        Pattern compiled = PATTERNS.computeIfAbsent(pattern, Pattern::compile);
        Effort.pay(REGEX_STEP * (1L + text.length()) * compiled.programSize());
        return compiled.matcher(text).find();
    }
}
