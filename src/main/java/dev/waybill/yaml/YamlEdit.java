package dev.waybill.yaml;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.yaml.YamlNode.Entry;
import dev.waybill.yaml.YamlNode.Item;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Changes a text that somebody wrote by hand so that it says something else, and leaves all that needs no change as
/// it is: comments, the order of keys, quotes, and whether a list stands on one line or several. A changed value is
/// replaced where it stands; new keys and items are put in the style of those beside them. A comment with a line to
/// itself stays even when what it was about goes.
public final class YamlEdit {
    private final List<String> order;
    private final TextEdits edits;

    private YamlEdit(List<String> order, TextEdits edits) {
        this.order = order;
        this.edits = edits;
    }

    /// The changed text.
    ///
    /// @param wanted what it is to say; keys may stand in any order
    /// @param order the usual order of top-level keys, for those that are new
    /// @return empty when it can't be said by changing the text in place, such as where an alias would change too
    public static Optional<String> apply(String text, JsonObject wanted, List<String> order) {
        try {
            Optional<YamlNode> root = YamlTreeReader.read(text);
            List<TextEdits.Comment> comments = Comments.of(text, root);
            TextEdits edits = new TextEdits(text, comments);
            if (root.isEmpty()) {
                edits.insertLinesAfter(text.length(), YamlText.document(wanted, order));
            } else {
                new YamlEdit(order, edits).change(root.get(), wanted, new Place(0, false, true));
            }
            String changed = edits.applied();
            boolean right = YamlTree.json(changed).filter(wanted::equals).isPresent()
                    && Comments.texts(changed).containsAll(Comments.texts(text));
            return right ? Optional.of(changed) : Optional.empty();
        } catch (YamlEngineException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    /// @param behind where the colon or the dash before the value ends
    /// @param flow whether it stands in braces or brackets
    private record Place(int behind, boolean flow, boolean root) {}

    private void change(YamlNode node, Json wanted, Place place) {
        if (YamlTree.of(node).equals(wanted)) {
            return;
        }
        if (node instanceof YamlNode.Mapping mapping && wanted instanceof JsonObject object) {
            if (mapping.flow()) {
                new FlowEdit(edits, this::inFlow).mapping(mapping, object);
            } else if (object.isEmpty()) {
                whole(node, wanted, place);
            } else {
                blockMapping(mapping, object, place);
            }
        } else if (node instanceof YamlNode.Sequence sequence && wanted instanceof Json.Arr(List<Json> items)) {
            if (sequence.flow()) {
                new FlowEdit(edits, this::inFlow).sequence(sequence, items);
            } else if (items.isEmpty()) {
                whole(node, wanted, place);
            } else {
                blockSequence(sequence, items);
            }
        } else {
            whole(node, wanted, place);
        }
    }

    private void inFlow(YamlNode node, Json wanted, int behind) {
        change(node, wanted, new Place(behind, true, false));
    }

    /// Another value in the place of this one.
    private void whole(YamlNode node, Json wanted, Place place) {
        if (node instanceof YamlNode.Scalar scalar) {
            String text =
                    wanted instanceof Json.Str(String string) ? inStyle(scalar.style(), string) : YamlText.flow(wanted);
            if (scalar.isAbsent()) {
                edits.insert(scalar.start(), " " + text);
            } else {
                edits.replace(scalar.start(), scalar.end(), text);
            }
        } else {
            boolean ownLine = !place.flow() && edits.isFirstOnLine(node.start()) && !place.root();
            if (ownLine) {
                // A short text goes up behind its key; comments between keep their lines.
                edits.insert(place.behind(), " " + YamlText.flow(wanted));
                edits.removeLines(node.start(), node.end());
            } else {
                edits.replace(node.start(), node.end(), YamlText.flow(wanted));
            }
        }
    }

    private static String inStyle(ScalarStyle style, String text) {
        return switch (style) {
            case SINGLE_QUOTED -> YamlScalars.single(text);
            case DOUBLE_QUOTED -> YamlScalars.quoted(text);
            default -> YamlScalars.text(text);
        };
    }

    private void blockMapping(YamlNode.Mapping mapping, JsonObject wanted, Place place) {
        List<Entry> entries = mapping.entries();
        int column = edits.column(entries.getFirst().start());
        int kept = 0;
        while (kept < entries.size() && wanted.get(entries.get(kept).name()) == null) {
            kept++;
        }
        if (kept == entries.size()) {
            String lines = YamlText.block(wanted, column).substring(column).stripTrailing();
            edits.replace(mapping.start(), mapping.end(), lines);
            return;
        }
        boolean ownLine = edits.isFirstOnLine(entries.getFirst().start());
        if (kept > 0 && !ownLine) {
            edits.remove(entries.getFirst().start(), entries.get(kept).start());
        }
        for (int i = ownLine ? 0 : kept; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            Json value = wanted.get(entry.name());
            if (value == null) {
                edits.removeLines(entry.start(), Math.max(entry.start(), entry.end() - 1));
            } else {
                change(entry.value(), value, new Place(entry.colon(), false, false));
            }
        }
        wanted.forEach(entry -> {
            if (mapping.entry(entry.getKey()) == null) {
                Entry before = place.root() ? before(entries, entry.getKey()) : entries.getLast();
                edits.insertLinesAfter(before.end(), YamlText.entry(entry.getKey(), entry.getValue(), column));
            }
        });
    }

    /// The entry behind which a new top-level key is put.
    private Entry before(List<Entry> entries, String name) {
        int place = order.indexOf(name);
        Entry found = null;
        for (Entry entry : entries) {
            int known = order.indexOf(entry.name());
            if (known >= 0 && known < place && (found == null || known > order.indexOf(found.name()))) {
                found = entry;
            }
        }
        return found == null ? entries.getLast() : found;
    }

    private void blockSequence(YamlNode.Sequence sequence, List<Json> wanted) {
        List<Item> items = sequence.items();
        Alignment alignment = Alignment.of(
                items.stream().map(item -> YamlTree.of(item.value())).toList(), wanted);
        int indent = edits.column(items.getFirst().dash());
        boolean spread =
                items.stream().anyMatch(item -> item.value() instanceof YamlNode.Mapping mapping && !mapping.flow());
        for (int i = 0; i < items.size(); i++) {
            if (!alignment.keeps(i)) {
                if (!edits.isFirstOnLine(items.get(i).dash())) {
                    throw new IllegalStateException("a list's dash that shares its line with others can't go");
                }
                edits.removeLines(items.get(i).dash(), Math.max(items.get(i).dash(), end(items.get(i)) - 1));
            }
        }
        Item before = null;
        for (int i = 0; i < wanted.size(); i++) {
            int from = alignment.from().get(i);
            if (from >= 0) {
                before = items.get(from);
                change(before.value(), wanted.get(i), new Place(before.dash() + 1, false, false));
            } else if (before != null) {
                edits.insertLinesAfter(end(before) - 1, YamlText.item(wanted.get(i), indent, spread));
            } else {
                edits.insert(edits.lineStart(items.getFirst().dash()), YamlText.item(wanted.get(i), indent, spread));
            }
        }
    }

    private static int end(Item item) {
        return Math.max(item.dash() + 1, item.value().end());
    }
}
