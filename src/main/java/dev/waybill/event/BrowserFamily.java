package dev.waybill.event;

import dev.waybill.json.Json;
import dev.waybill.json.JsonPath;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// The browsers that people tell apart, by a few words in the user agent. They differ in what they let a page keep
/// and ask of other sites, which is why identifiers go missing in one of them and not in the others. Pure.
public enum BrowserFamily {
    EDGE("Edge", "Edg/", "EdgA/", "EdgiOS/"),
    SAMSUNG("Samsung", "SamsungBrowser/"),
    FIREFOX("Firefox", "Firefox/", "FxiOS/"),
    CHROME("Chrome", "Chrome/", "CriOS/"),
    SAFARI("Safari", "Version/"),
    OTHER("other");

    /// Where an event tells its user agent.
    public static final JsonPath PATH = JsonPath.parse("context.userAgent");

    /// Names of browsers that call themselves Chrome or Safari besides, in characters that stand in no other's.
    private static final List<String> OTHERS = List.of("OPR/", "OPT/", "OPiOS/", "YaBrowser/", "DuckDuckGo/");

    /// In characters: a longer user agent is no browser's, and only its beginning is looked at.
    private static final int LOOKED_AT = 512;

    private final String text;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> tokens;

    BrowserFamily(String text, String... tokens) {
        this.text = text;
        this.tokens = List.of(tokens);
    }

    /// The word in JSON: `Safari`, `Firefox`, `Chrome`, `Edge`, `Samsung`, `other`.
    public String text() {
        return text;
    }

    /// Every word, in the order in which they are looked for.
    public static List<String> words() {
        return Arrays.stream(values()).map(BrowserFamily::text).collect(Collectors.toList());
    }

    /// The family that the event's `context.userAgent` names; [#OTHER] without one.
    public static BrowserFamily of(Event event) {
        return PATH.in(event.json()) instanceof Json.Str(String userAgent) ? ofUserAgent(userAgent) : OTHER;
    }

    /// The family that a user agent names, whatever it holds.
    public static BrowserFamily ofUserAgent(String userAgent) {
        String start = userAgent.substring(0, Math.min(userAgent.length(), LOOKED_AT));
        if (OTHERS.stream().anyMatch(start::contains)) {
            return OTHER;
        }
        for (BrowserFamily family : values()) {
            if (family.tokens.stream().anyMatch(start::contains)) {
                return family == SAFARI && !start.contains("Safari/") ? OTHER : family;
            }
        }
        return OTHER;
    }
}
