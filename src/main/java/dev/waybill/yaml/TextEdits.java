package dev.waybill.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Changes of a text by place. A comment that has a line to itself is never taken out with what stands around it.
/// Belongs to one thread.
final class TextEdits {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final String text;
    private final String newline;
    /// The whole-line comments, by where the line begins.
    private final List<Comment> comments;
    private final List<Edit> edits = new ArrayList<>();

    private record Edit(int start, int end, String text) {}

    /// @param start where its line begins
    /// @param hash where its text begins
    /// @param end behind its text
    record Comment(int start, int hash, int end) {}

    /// @param comments in the order of the text
    TextEdits(String text, List<Comment> comments) {
        this.text = text;
        this.newline = text.contains("\r\n") ? "\r\n" : "\n";
        this.comments = List.copyOf(comments);
    }

    void insert(int at, String inserted) {
        edits.add(new Edit(at, at, inserted.replace("\n", newline)));
    }

    /// Puts whole lines behind the line that holds this offset.
    void insertLinesAfter(int offset, String lines) {
        int at = lineEnd(offset);
        boolean open = at == text.length() && !text.endsWith("\n");
        insert(at, open ? "\n" + lines.stripTrailing() : lines);
    }

    /// Replaces what stands between on one or several lines.
    void replace(int start, int end, String by) {
        String kept = commentsWithin(start, end, " ".repeat(column(end)));
        edits.add(new Edit(start, end, by.replace("\n", newline) + kept));
    }

    /// Takes out what stands between, in the midst of a line.
    void remove(int start, int end) {
        edits.add(new Edit(start, end, commentsWithin(start, end, " ".repeat(column(end)))));
    }

    private String commentsWithin(int start, int end, String indent) {
        StringBuilder kept = new StringBuilder();
        for (Comment comment : comments) {
            if (comment.hash() >= start && comment.end() <= end) {
                kept.append(newline).append(text, comment.start(), comment.end());
            }
        }
        boolean goesOn = !text.substring(end, lineEnd(end)).isBlank();
        return kept.isEmpty() || !goesOn
                ? kept.toString()
                : kept.append(newline).append(indent).toString();
    }

    /// Takes out whole lines.
    ///
    /// @param start in the first of them
    /// @param end in the last
    void removeLines(int start, int end) {
        int from = lineStart(start);
        int to = lineEnd(end);
        StringBuilder kept = new StringBuilder();
        for (Comment comment : comments) {
            if (comment.start() >= from && comment.end() <= to) {
                kept.append(text, comment.start(), comment.end()).append(newline);
            }
        }
        edits.add(new Edit(from, to, kept.toString()));
    }

    int lineStart(int offset) {
        return text.lastIndexOf('\n', offset - 1) + 1;
    }

    /// Behind the end of the line.
    private int lineEnd(int offset) {
        int end = text.indexOf('\n', offset);
        return end < 0 ? text.length() : end + 1;
    }

    int column(int offset) {
        int start = lineStart(offset);
        boolean marked = start == 0 && text.startsWith(BYTE_ORDER_MARK);
        return offset - start - (marked ? 1 : 0);
    }

    /// Whether a comment stands behind it on its line, with perhaps a comma between.
    boolean hasComment(int offset) {
        String rest = text.substring(offset, lineEnd(offset)).strip();
        return (rest.startsWith(",") ? rest.substring(1).strip() : rest).startsWith("#");
    }

    /// Whether nothing but space stands before it on its line.
    boolean isFirstOnLine(int offset) {
        return text.substring(lineStart(offset), offset).isBlank();
    }

    /// The text with all changes; those at one place in the order in which they were asked for.
    ///
    /// @throws IllegalStateException when two of them overlap
    String applied() {
        List<Edit> sorted = new ArrayList<>(edits);
        sorted.sort(Comparator.comparingInt(Edit::start).thenComparingInt(edit -> edit.end() > edit.start() ? 1 : 0));
        StringBuilder out = new StringBuilder();
        int done = 0;
        for (Edit edit : sorted) {
            if (edit.start() < done) {
                throw new IllegalStateException("two changes overlap at " + edit.start());
            }
            out.append(text, done, edit.start()).append(edit.text());
            done = edit.end();
        }
        return out.append(text, done, text.length()).toString();
    }
}
