package dev.waybill.playbook;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Problems;
import dev.waybill.expression.Expression;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads expressions in CEL where a file holds one.
final class Conditions {
    private Conditions() {}

    /// A question; empty when there is none or it was reported.
    static Optional<Expression> read(@Nullable ConfigNode node, Problems problems) {
        return read(node, "a condition", Expression::condition, problems);
    }

    /// An expression that gives a value; empty when there is none or it was reported.
    static Optional<Expression> readValue(@Nullable ConfigNode node, Problems problems) {
        return read(node, "an expression", Expression::value, problems);
    }

    private static Optional<Expression> read(
            @Nullable ConfigNode node, String what, Function<String, Expression> compile, Problems problems) {
        if (!(node instanceof ConfigNode.Scalar scalar)) {
            if (node != null) {
                problems.error(node, "found " + node.kind() + "; " + what + " in CEL belongs here");
            }
            return Optional.empty();
        }
        try {
            return Optional.of(compile.apply(scalar.text()));
        } catch (IllegalArgumentException e) {
            problems.error(node, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
