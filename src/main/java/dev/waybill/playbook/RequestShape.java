package dev.waybill.playbook;

import dev.waybill.config.Nearest;
import dev.waybill.json.JsonPath;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the body of a destination's request holds, and which outputs a playbook may therefore assign.
///
/// @param outputs the top-level keys in the order in which they are written
/// @param eventName the key that holds the event's name, or null when none does
/// @param identity where the person's identifier stands, a text output or a key of an object output; null when the
///     destination needs none
public record RequestShape(
        List<Output> outputs,
        @Nullable String eventName,
        @Nullable JsonPath identity) {
    public RequestShape {
        outputs = List.copyOf(outputs);
    }

    /// The key inside its object under which the identifier stands, such as `lex_id`; null when it stands in none.
    public @Nullable String identityKey() {
        JsonPath path = inObject();
        return path == null ? null : path.keys().getLast();
    }

    /// The top-level key of the object that holds the identifier, such as `params`; null when none does.
    public @Nullable String identityObject() {
        JsonPath path = inObject();
        return path == null ? null : path.keys().getFirst();
    }

    private @Nullable JsonPath inObject() {
        return identity == null || identity.keys().size() == 1 ? null : identity;
    }

    /// Why a mapping or an enrichment can't have this output; empty when it can.
    Optional<String> objection(JsonPath output, boolean enrichment) {
        String root = output.keys().getFirst();
        List<String> known = outputs.stream().map(Output::key).toList();
        Optional<Output> declared =
                outputs.stream().filter(one -> one.key().equals(root)).findFirst();
        if (declared.isEmpty()) {
            return Optional.of("'" + output + "' is no output of this kit; allowed: " + String.join(", ", known) + "."
                    + Nearest.hint(root, known));
        }
        boolean nested = output.keys().size() > 1;
        Output.Kind kind = declared.get().kind();
        if (kind != Output.Kind.OBJECT && nested) {
            return Optional.of(
                    "'" + root + "' is " + kind.words() + " and has no keys of its own; write output: " + root);
        }
        if (kind == Output.Kind.OBJECT && !nested && enrichment) {
            return Optional.of(
                    "'" + root + "' is an object; map it from an object of the event, or enrich " + root + ".<key>");
        }
        if (identity == null) {
            return Optional.empty();
        }
        if (below(output, identity) && !output.equals(identity)) {
            return Optional.of("'" + identity + "' is a text and has no keys of its own");
        }
        if (output.equals(identity) && enrichment) {
            return Optional.of("'" + identity + "' identifies a person and can't be the same for every event; "
                    + "map it from the event");
        }
        return Optional.empty();
    }

    private static boolean below(JsonPath path, JsonPath parent) {
        int depth = parent.keys().size();
        return path.keys().size() >= depth && path.keys().subList(0, depth).equals(parent.keys());
    }
}
