package dev.waybill.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The six calls of the Segment spec.
public enum EventType {
    TRACK,
    PAGE,
    SCREEN,
    IDENTIFY,
    GROUP,
    ALIAS;

    private final String text = name().toLowerCase(Locale.ROOT);

    /// The word in JSON: `track`, `page`, …
    public String text() {
        return text;
    }

    /// The type for the word in JSON, compared exactly; empty when there is none such.
    public static Optional<EventType> of(String text) {
        return Arrays.stream(values()).filter(type -> type.text.equals(text)).findFirst();
    }

    /// All words, for error texts: `track, page, …`.
    public static String allowed() {
        return Arrays.stream(values()).map(EventType::text).collect(Collectors.joining(", "));
    }
}
