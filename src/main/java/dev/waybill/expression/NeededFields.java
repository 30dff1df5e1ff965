package dev.waybill.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/// The fields without which an expression can't be worked out, whatever else the event holds. Most events that a
/// condition is asked about lack the field it speaks of, and CEL says so by an exception, which costs many times what
/// looking does.
///
/// @param paths keys from the event down
record NeededFields(List<List<String>> paths) {
    /// Calls that may give a value though one of their arguments can't be worked out.
    private static final Set<String> FORGIVING = Set.of("_&&_", "_||_", "_?_:_", "@not_strictly_false");

    NeededFields {
        paths = List.copyOf(paths);
    }

    /// Those of a question: `a && b` doesn't hold without a field of either, so both count.
    static NeededFields ofCondition(CelAbstractSyntaxTree tree) {
        List<List<String>> paths = new ArrayList<>();
        Deque<CelExpr> conjuncts = new ArrayDeque<>(List.of(tree.getExpr()));
        while (!conjuncts.isEmpty()) {
            CelExpr next = conjuncts.pop();
            if (next.getKind() == Kind.CALL && next.call().function().equals("_&&_")) {
                conjuncts.addAll(next.call().args());
            } else {
                collect(next, paths);
            }
        }
        return new NeededFields(paths);
    }

    /// Those of an expression that gives a value.
    static NeededFields ofValue(CelAbstractSyntaxTree tree) {
        List<List<String>> paths = new ArrayList<>();
        collect(tree.getExpr(), paths);
        return new NeededFields(paths);
    }

    private static void collect(CelExpr expr, List<List<String>> paths) {
        switch (expr.getKind()) {
            case SELECT -> {
                List<String> path = path(expr);
                if (path.isEmpty()) {
                    // has(a.b) asks for b, and needs a.
                    collect(expr.select().operand(), paths);
                } else {
                    paths.add(path);
                }
            }
            case CALL -> {
                if (!FORGIVING.contains(expr.call().function())) {
                    expr.call().target().ifPresent(target -> collect(target, paths));
                    expr.call().args().forEach(arg -> collect(arg, paths));
                }
            }
            case LIST -> expr.list().elements().forEach(element -> collect(element, paths));
            case COMPREHENSION -> collect(expr.comprehension().iterRange(), paths);
            default -> {}
        }
    }

    /// The keys of `event.a.b`; empty for anything else.
    private static List<String> path(CelExpr expr) {
        Deque<String> keys = new ArrayDeque<>();
        CelExpr at = expr;
        while (at.getKind() == Kind.SELECT && !at.select().testOnly()) {
            keys.addFirst(at.select().field());
            at = at.select().operand();
        }
        boolean ofEvent = at.getKind() == Kind.IDENT && at.ident().name().equals("event");
        return ofEvent ? List.copyOf(keys) : List.of();
    }

    /// Whether an event has them all. JSON `null` is there: an expression may ask for it.
    boolean allIn(JsonObject event) {
        for (List<String> path : paths) {
            if (!has(event, path)) {
                return false;
            }
        }
        return true;
    }

    private static boolean has(JsonObject event, List<String> path) {
        JsonObject at = event;
        for (int i = 0; i < path.size(); i++) {
            Json value = at.get(path.get(i));
            if (value == null) {
                return false;
            }
            if (!(value instanceof JsonObject object)) {
                // What a field of a text or a number is, is CEL's to say.
                return true;
            }
            at = object;
        }
        return true;
    }
}
