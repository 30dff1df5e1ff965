package dev.waybill.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import java.util.List;
import java.util.Optional;

/// What CEL itself leaves open and a playbook's expression must not do. Each finding says what is allowed.
final class CompileCheck {
    /// Loops inside loops multiply.
    private static final int MAX_NESTING = 2;

    private static final int MAX_PATTERN = 1_000;
    private static final int MAX_PROGRAM = 5_000;

    private CompileCheck() {}

    /// @throws IllegalArgumentException when the expression must not run; the message says why
    static void check(CelAbstractSyntaxTree tree) {
        CelNavigableAst.fromAst(tree).getRoot().allNodes().forEach(CompileCheck::node);
    }

    private static void node(CelNavigableExpr node) {
        if (node.getKind() == Kind.COMPREHENSION && nesting(node) > MAX_NESTING) {
            throw new IllegalArgumentException("all, exists, map and filter stand more than " + MAX_NESTING
                    + " deep in each other; allowed: " + MAX_NESTING);
        }
        if (node.getKind() == Kind.CALL && node.expr().call().function().equals("matches")) {
            List<CelExpr> args = node.expr().call().args();
            pattern(args.getLast());
        }
    }

    private static int nesting(CelNavigableExpr node) {
        int depth = 0;
        for (Optional<CelNavigableExpr> at = Optional.of(node);
                at.isPresent();
                at = at.get().parent()) {
            if (at.get().getKind() == Kind.COMPREHENSION) {
                depth++;
            }
        }
        return depth;
    }

    private static void pattern(CelExpr arg) {
        if (arg.exprKind().getKind() != Kind.CONSTANT) {
            throw new IllegalArgumentException(
                    "the regex of matches must stand in the expression as a text, such as matches('^[a-z]+$')");
        }
        String pattern = arg.constant().stringValue();
        if (pattern.length() > MAX_PATTERN) {
            throw new IllegalArgumentException(
                    "the regex has " + pattern.length() + " characters; allowed: " + MAX_PATTERN);
        }
        try {
            int size = Pattern.compile(pattern).programSize();
            if (size > MAX_PROGRAM) {
                throw new IllegalArgumentException("the regex is too large once its repetitions are written out ("
                        + size + " steps); allowed: " + MAX_PROGRAM);
            }
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("'" + pattern + "' is no regex: " + e.getDescription(), e);
        }
    }
}
