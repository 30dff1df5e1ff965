package dev.waybill.kit;

import dev.waybill.event.Event;
import dev.waybill.event.EventPath;
import dev.waybill.event.IdentifierText;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonPath;
import dev.waybill.playbook.Source;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a destination demands of the person's identifier. Immutable.
///
/// @param maxLength over it, the value is taken for no identifier at all: it is never cut
/// @param usual the shape that identifiers of this destination have, or null when they may have any
/// @param usualName that shape in words; empty when there is none
/// @param failure where the browser tells why the ID sync failed, or null
record IdentityRule(
        int maxLength,
        @Nullable IdentifierShape usual,
        String usualName,
        @Nullable JsonPath failure) {
    /// The failures that the browser part tells of; other text there is not repeated.
    private static final Set<String> FAILURES = Set.of("consent", "cors_or_network", "timeout", "http", "shape");

    /// What an event without an identifier had in its place is told in so many characters, so that why the sync failed
    /// is not lost where the whole is cut.
    private static final int MAX_FAULT = 150;

    /// The identifier that a value is, or null when it is none that can be sent.
    @Nullable
    String find(@Nullable Json value, LengthUnit unit) {
        return value instanceof Json.Str(String text) && isUsable(text, unit) ? text : null;
    }

    private boolean isUsable(String text, LengthUnit unit) {
        return !text.isBlank() && unit.fits(text, maxLength) && !IdentifierText.isJunk(text);
    }

    boolean isUsual(String identifier) {
        return usual == null || usual.fits(identifier);
    }

    /// Whether it can come from a browser, and go into a cookie as it is.
    boolean takes(String identifier) {
        return isUsual(identifier)
                && isUsable(identifier, LengthUnit.CODE_POINTS)
                && identifier.chars().allMatch(c -> c > ' ' && c < 0x7f && "\",;\\".indexOf(c) < 0);
    }

    /// Why [#find] gave none.
    ///
    /// @param source where the value came from; null when nothing is meant to give one
    /// @param value what it gave
    String absence(Event event, @Nullable Source source, @Nullable Json value, LengthUnit unit) {
        String why = failure(event.json());
        String fault = switch (source) {
            case Source.Paths(List<EventPath> inputs)
            when value == null ->
                inputs.stream()
                        .map(input -> input + " "
                                + (input.in(event) != null
                                        ? "gives nothing after its transforms"
                                        : fault(raw(event.json(), input.keysOnly()), unit)))
                        .collect(Collectors.joining(", "));
            case Source.Paths(List<EventPath> inputs) -> taken(inputs, event) + " " + fault(value, unit);
            case null -> "nothing in the playbook gives one for this event";
            default -> source.words() + " " + (value == null ? "gave nothing" : fault(value, unit));
        };
        return why.isEmpty() || fault.length() <= MAX_FAULT
                ? fault + why
                : fault.substring(0, MAX_FAULT - 1) + "…" + why;
    }

    /// The path that the value came from: the first with one.
    private static EventPath taken(List<EventPath> inputs, Event event) {
        return inputs.stream()
                .filter(input -> input.in(event) != null)
                .findFirst()
                .orElse(inputs.getFirst());
    }

    private String fault(@Nullable Json value, LengthUnit unit) {
        return switch (value) {
            case null -> "is absent";
            case Json.Null _ -> "is null";
            case Json.Str(String text) when text.isBlank() -> "is blank";
            case Json.Str(String text) when IdentifierText.isJunk(text) -> "is the text '" + text.strip() + "'";
            case Json.Str(String text) ->
                "has " + unit.length(text) + " " + unit.plural() + ", " + maxLength + " allowed";
            case Json.Arr _, JsonObject _ -> "is an " + value.kind() + ", not a string";
            case Json.Num _, Json.Bool _ -> "is a " + value.kind() + ", not a string";
        };
    }

    private static @Nullable Json raw(JsonObject event, @Nullable JsonPath input) {
        if (input == null) {
            return null;
        }
        List<String> keys = input.keys();
        Json parent = keys.size() == 1 ? event : new JsonPath(keys.subList(0, keys.size() - 1)).in(event);
        return parent instanceof JsonObject object ? object.get(keys.getLast()) : null;
    }

    private String failure(JsonObject event) {
        Json told = failure == null ? null : failure.in(event);
        return told instanceof Json.Str(String why) && FAILURES.contains(why) ? "; the ID sync failed: " + why : "";
    }
}
