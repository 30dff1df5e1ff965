package dev.waybill.playbook;

import dev.waybill.event.Event;
import dev.waybill.event.EventPath;
import dev.waybill.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A text with values of the event in it: `{properties.first} {properties.last|unknown}`. A place whose value is
/// absent takes what stands after its `|`; without a `|` the whole text is absent. `{{` and `}}` are the braces
/// themselves; `$$NAME$$` is a connection parameter. Immutable.
public final class EventTemplate {
    private static final int MAX_RESULT = 1 << 20;

    private sealed interface Part {
        record Literal(Template text) implements Part {}

        record Place(EventPath path, @Nullable Template fallback) implements Part {}
    }

    private final String text;
    private final List<Part> parts;

    private EventTemplate(String text, List<Part> parts) {
        this.text = text;
        this.parts = List.copyOf(parts);
    }

    /// Reads a template.
    ///
    /// @throws IllegalArgumentException when a brace has no partner, a place holds no path, or there is
    ///     none
    public static EventTemplate parse(String text) {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean twice = i + 1 < text.length() && text.charAt(i + 1) == c;
            if ((c == '{' || c == '}') && twice) {
                literal.append(c);
                i++;
            } else if (c == '}') {
                throw fault(text, "a '}' without its '{'");
            } else if (c == '{') {
                int end = text.indexOf('}', i);
                if (end < 0) {
                    throw fault(text, "a '{' without its '}'");
                }
                parts.add(new Part.Literal(Template.parse(literal.toString())));
                literal.setLength(0);
                parts.add(place(text.substring(i + 1, end)));
                i = end;
            } else {
                literal.append(c);
            }
        }
        if (parts.isEmpty()) {
            throw fault(text, "no place such as {properties.name}");
        }
        parts.add(new Part.Literal(Template.parse(literal.toString())));
        return new EventTemplate(text, parts);
    }

    private static Part place(String inside) {
        int bar = inside.indexOf('|');
        return bar < 0
                ? new Part.Place(EventPath.parse(inside.strip()), null)
                : new Part.Place(
                        EventPath.parse(inside.substring(0, bar).strip()), Template.parse(inside.substring(bar + 1)));
    }

    private static IllegalArgumentException fault(String text, String found) {
        return new IllegalArgumentException("'" + text + "' has " + found
                + "; write places as {properties.name} or {properties.name|fallback}, and a brace itself twice");
    }

    /// The connection parameters in it.
    List<String> parameters() {
        return parts.stream()
                .flatMap(part -> switch (part) {
                    case Part.Literal(Template literal) -> literal.names().stream();
                    case Part.Place(EventPath _, Template fallback) ->
                        fallback == null ? Stream.<String>empty() : fallback.names().stream();
                })
                .toList();
    }

    /// The paths in it.
    List<EventPath> paths() {
        return parts.stream()
                .filter(Part.Place.class::isInstance)
                .map(part -> ((Part.Place) part).path())
                .toList();
    }

    /// With the parameters filled in; null when one of them has no value. A fallback whose parameter has none stays as
    /// it is.
    @Nullable
    EventTemplate filled(Map<String, String> values) {
        List<Part> filled = new ArrayList<>();
        for (Part part : parts) {
            switch (part) {
                case Part.Literal(Template literal) -> {
                    String value = literal.fill(values);
                    if (value == null) {
                        return null;
                    }
                    filled.add(new Part.Literal(text(value)));
                }
                case Part.Place(EventPath path, Template fallback) -> {
                    String value = fallback == null ? null : fallback.fill(values);
                    filled.add(value == null ? part : new Part.Place(path, text(value)));
                }
            }
        }
        return new EventTemplate(text, filled);
    }

    /// A text as it is, whatever stands in it.
    private static Template text(String text) {
        return new Template(List.of(text), List.of());
    }

    /// The text for an event, or null when a place has no value.
    @Nullable
    Json value(Event event, Consumer<String> misfit) {
        StringBuilder made = new StringBuilder();
        for (Part part : parts) {
            String piece = switch (part) {
                // A parameter that is still in it has no value.
                case Part.Literal(Template literal) -> literal.fill(Map.of());
                case Part.Place(EventPath path, Template fallback) -> piece(path, fallback, event, misfit);
            };
            if (piece == null) {
                return null;
            }
            if (made.length() + (long) piece.length() > MAX_RESULT) {
                misfit.accept("template: the text is longer than " + MAX_RESULT + " characters");
                return null;
            }
            made.append(piece);
        }
        return new Json.Str(made.toString());
    }

    private static @Nullable String piece(
            EventPath path, @Nullable Template fallback, Event event, Consumer<String> misfit) {
        Json value = path.in(event);
        return switch (value) {
            case null -> fallback == null ? null : fallback.fill(Map.of());
            case Json.Str(String text) -> text;
            case Json.Num(String literal) -> literal;
            case Json.Bool bool -> bool == Json.Bool.TRUE ? "true" : "false";
            default -> {
                misfit.accept("template: found an " + value.kind() + " at " + path + "; a text belongs here");
                yield fallback == null ? null : fallback.fill(Map.of());
            }
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EventTemplate template && template.text.equals(text) && template.parts.equals(parts);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /// As it was written.
    @Override
    public String toString() {
        return text;
    }
}
