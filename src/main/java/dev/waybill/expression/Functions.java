package dev.waybill.expression;

import com.google.protobuf.ByteString;
import com.google.re2j.Pattern;
import dev.cel.common.CelOptions;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.standard.AddOperator.AddOverload;
import dev.cel.runtime.standard.CelStandardOverload;
import dev.cel.runtime.standard.ContainsFunction.ContainsOverload;
import dev.cel.runtime.standard.MatchesFunction.MatchesOverload;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// CEL's standard functions, those replaced whose cost or result can grow with the product of their arguments: joining
/// texts, searching a text in another, regexes.
final class Functions {
    private static final Set<CelStandardOverload> REPLACED = Set.of(
            AddOverload.ADD_STRING,
            AddOverload.ADD_BYTES,
            ContainsOverload.CONTAINS_STRING,
            MatchesOverload.MATCHES,
            MatchesOverload.MATCHES_STRING);

    /// Patterns stand in expressions and never come from events ([CompileCheck]), so there are only so many.
    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private Functions() {}

    static CelRuntime runtime(CelOptions options) {
        return CelRuntimeFactory.legacyCelRuntimeBuilder()
                .setOptions(options)
                .setStandardEnvironmentEnabled(false)
                .setStandardFunctions(CelStandardFunctions.newBuilder()
                        .filterFunctions((_, overload) -> !REPLACED.contains(overload))
                        .build())
                .addFunctionBindings(
                        CelFunctionBinding.from("add_string", String.class, String.class, Functions::join),
                        CelFunctionBinding.from("add_bytes", ByteString.class, ByteString.class, Functions::joinBytes),
                        CelFunctionBinding.from("contains_string", String.class, String.class, Functions::contains),
                        CelFunctionBinding.from("matches", String.class, String.class, Functions::matches),
                        CelFunctionBinding.from("matches_string", String.class, String.class, Functions::matches))
                .build();
    }

    private static String join(String left, String right) {
        Effort.pay(left.length() + (long) right.length());
        return left.concat(right);
    }

    private static ByteString joinBytes(ByteString left, ByteString right) {
        Effort.pay(left.size() + (long) right.size());
        return left.concat(right);
    }

    private static boolean contains(String text, String part) {
        // The JDK's search starts anew at every place where the first character fits.
        Effort.pay(text.length() * (1L + part.length() / 64));
        return text.contains(part);
    }

    private static boolean matches(String text, String pattern) {
        Pattern compiled = PATTERNS.computeIfAbsent(pattern, Pattern::compile);
        Effort.pay(text.length() * (1L + compiled.programSize() / 4));
        return compiled.matcher(text).find();
    }
}
