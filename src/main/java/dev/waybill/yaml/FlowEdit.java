package dev.waybill.yaml;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.yaml.YamlNode.Entry;
import dev.waybill.yaml.YamlNode.Item;
import java.util.ArrayList;
import java.util.List;

/// Changes what stands in braces or brackets. Belongs to one thread.
///
/// @param deeper changes a value that stays
record FlowEdit(TextEdits edits, Deeper deeper) {
    interface Deeper {
        void change(YamlNode node, Json wanted, int behind);
    }

    /// One part between commas.
    private record Part(int start, int end, boolean stays) {}

    void mapping(YamlNode.Mapping mapping, JsonObject wanted) {
        List<Part> parts = new ArrayList<>();
        for (Entry entry : mapping.entries()) {
            Json value = wanted.get(entry.name());
            parts.add(new Part(entry.start(), entry.end(), value != null));
            if (value != null) {
                deeper.change(entry.value(), value, entry.colon());
            }
        }
        List<String> added = new ArrayList<>();
        wanted.forEach(entry -> {
            if (mapping.entry(entry.getKey()) == null) {
                added.add(YamlText.flowEntry(entry.getKey(), entry.getValue()));
            }
        });
        if (replaceAll(mapping.end(), parts, added)) {
            return;
        }
        remove(parts);
        added.forEach(text -> edits.insert(parts.getLast().end(), ", " + text));
    }

    void sequence(YamlNode.Sequence sequence, List<Json> wanted) {
        List<Item> items = sequence.items();
        Alignment alignment = Alignment.of(
                items.stream().map(item -> YamlTree.of(item.value())).toList(), wanted);
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            YamlNode value = items.get(i).value();
            parts.add(new Part(value.start(), value.end(), alignment.keeps(i)));
        }
        if (parts.stream().noneMatch(Part::stays)) {
            replaceAll(
                    sequence.end(), parts, wanted.stream().map(YamlText::flow).toList());
            return;
        }
        int before = -1;
        for (int i = 0; i < wanted.size(); i++) {
            int from = alignment.from().get(i);
            if (from >= 0) {
                before = from;
                deeper.change(
                        items.get(from).value(), wanted.get(i), parts.get(from).start());
            } else if (before >= 0) {
                edits.insert(parts.get(before).end(), ", " + YamlText.flow(wanted.get(i)));
            } else {
                edits.insert(parts.getFirst().start(), YamlText.flow(wanted.get(i)) + ", ");
            }
        }
        remove(parts);
    }

    /// Writes a collection anew of which nothing stays.
    private boolean replaceAll(int end, List<Part> parts, List<String> added) {
        if (parts.stream().anyMatch(Part::stays)) {
            return false;
        }
        String all = String.join(", ", added);
        if (parts.isEmpty()) {
            edits.insert(end - 1, all);
        } else {
            edits.replace(parts.getFirst().start(), parts.getLast().end(), all);
        }
        return true;
    }

    /// Takes out the last parts, with a comment on them. The comma before them stays where a comment on what stays is
    /// behind it.
    private void removeLast(Part before, Part first, Part last) {
        boolean commented = edits.hasComment(last.end());
        if (!edits.isFirstOnLine(first.start()) || !(commented || edits.hasComment(before.end()))) {
            edits.remove(before.end(), last.end());
        } else if (commented) {
            edits.removeLines(first.start(), last.end());
        } else {
            edits.remove(first.start(), last.end());
        }
    }

    /// Takes out each run of parts that go, with the comma before or behind it.
    private void remove(List<Part> parts) {
        for (int first = 0; first < parts.size(); first++) {
            if (parts.get(first).stays()) {
                continue;
            }
            int last = first;
            while (last + 1 < parts.size() && !parts.get(last + 1).stays()) {
                last++;
            }
            if (last + 1 < parts.size()) {
                edits.remove(parts.get(first).start(), parts.get(last + 1).start());
            } else {
                removeLast(parts.get(first - 1), parts.get(first), parts.get(last));
            }
            first = last;
        }
    }
}
