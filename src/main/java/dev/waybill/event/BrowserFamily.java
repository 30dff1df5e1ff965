package dev.waybill.event;

import dev.waybill.json.Json;
import dev.waybill.json.JsonPath;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// The browsers that people tell apart, by a few words in the user agent. They differ in what they let a page keep
/// and ask of other sites, which is why identifiers go missing in one of them and not in the others. Pure.
public enum BrowserFamily {
    EDGE("Edge"),
    SAMSUNG("Samsung"),
    FIREFOX("Firefox"),
    CHROME("Chrome"),
    SAFARI("Safari"),
    OTHER("other");

    /// Where an event tells its user agent.
    public static final JsonPath PATH = JsonPath.parse("context.userAgent");

    /// In characters: a longer user agent is no browser's, and only its beginning is looked at.
    private static final int LOOKED_AT = 512;

    private final String text;

    BrowserFamily(String text) {
        this.text = text;
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

    /// The family that a user agent names, whatever it holds: of the products in it (`Chrome/142.0`), the one that the
    /// others don't call themselves too.
    public static BrowserFamily ofUserAgent(String userAgent) {
        int end = Math.min(userAgent.length(), LOOKED_AT);
        BrowserFamily found = OTHER;
        boolean isVersioned = false;
        boolean isSafari = false;
        for (int slash = userAgent.indexOf('/'); slash >= 0 && slash < end; slash = userAgent.indexOf('/', slash + 1)) {
            int from = slash;
            while (from > 0 && Character.isLetter(userAgent.charAt(from - 1))) {
                from--;
            }
            BrowserFamily named = OTHER;
            switch (userAgent.substring(from, slash)) {
                // They call themselves Chrome or Safari besides.
                case "OPR", "OPT", "OPiOS", "YaBrowser", "DuckDuckGo" -> {
                    return OTHER;
                }
                case "Edg", "EdgA", "EdgiOS" -> named = EDGE;
                case "SamsungBrowser" -> named = SAMSUNG;
                case "Firefox", "FxiOS" -> named = FIREFOX;
                case "Chrome", "HeadlessChrome", "CriOS" -> named = CHROME;
                case "Version" -> isVersioned = true;
                case "Safari" -> isSafari = true;
                default -> {}
            }
            found = named.compareTo(found) < 0 ? named : found;
        }
        return found == OTHER && isVersioned && isSafari ? SAFARI : found;
    }
}
