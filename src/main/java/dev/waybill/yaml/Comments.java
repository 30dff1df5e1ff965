package dev.waybill.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the comments that have a line to themselves.
final class Comments {
    private final List<int[]> values = new ArrayList<>();

    private Comments() {}

    static List<TextEdits.Comment> of(String text, Optional<YamlNode> root) {
        Comments comments = new Comments();
        root.ifPresent(comments::collect);
        List<TextEdits.Comment> found = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline;
            int hash = start;
            while (hash < end && (text.charAt(hash) == ' ' || text.charAt(hash) == '\t')) {
                hash++;
            }
            if (hash < end && text.charAt(hash) == '#' && comments.isOutside(hash)) {
                int last = end > hash && text.charAt(end - 1) == '\r' ? end - 1 : end;
                found.add(new TextEdits.Comment(start, hash, last));
            }
            start = end + 1;
        }
        return found;
    }

    /// The comments of a text that is YAML, without the space before them.
    static List<String> texts(String text) {
        return of(text, YamlTreeReader.read(text)).stream()
                .map(comment -> text.substring(comment.hash(), comment.end()))
                .toList();
    }

    /// A text of several lines may hold what looks like a comment.
    private void collect(YamlNode node) {
        switch (node) {
            case YamlNode.Scalar scalar -> values.add(new int[] {scalar.start(), scalar.end()});
            case YamlNode.Sequence sequence -> sequence.items().forEach(item -> collect(item.value()));
            case YamlNode.Mapping mapping -> mapping.entries().forEach(entry -> collect(entry.value()));
            case YamlNode.Alias _ -> {}
        }
    }

    private boolean isOutside(int offset) {
        return values.stream().noneMatch(span -> offset > span[0] && offset < span[1]);
    }
}
