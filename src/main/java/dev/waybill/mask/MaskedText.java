package dev.waybill.mask;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A text while its parts are replaced: what was put once is not looked at again.
final class MaskedText {
    private List<Part> parts;

    private record Part(String text, boolean done) {}

    MaskedText(String text) {
        this.parts = List.of(new Part(text, false));
    }

    /// Looks for places in each part that is still as it was.
    void replace(Consumer<Raw> look) {
        List<Part> next = new ArrayList<>();
        for (Part part : parts) {
            if (part.done()) {
                next.add(part);
            } else {
                Raw raw = new Raw(part.text(), next);
                look.accept(raw);
                raw.end();
            }
        }
        parts = next;
    }

    /// One part that is still as it was.
    static final class Raw {
        private final String text;
        private final List<Part> parts;
        private int done;

        private Raw(String text, List<Part> parts) {
            this.text = text;
            this.parts = parts;
        }

        String text() {
            return text;
        }

        /// Puts a fake in a place; places come in order.
        void put(int start, int end, String fake) {
            rawUpTo(start);
            parts.add(new Part(fake, true));
            done = end;
        }

        private void rawUpTo(int end) {
            if (end > done) {
                parts.add(new Part(text.substring(done, end), false));
            }
        }

        private void end() {
            rawUpTo(text.length());
        }
    }

    @Override
    public String toString() {
        StringBuilder whole = new StringBuilder();
        parts.forEach(part -> whole.append(part.text()));
        return whole.toString();
    }
}
