package dev.waybill.consent;

import dev.waybill.event.Event;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonPath;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The consent signals of one event, as `context.consent` and the request's headers gave them. Not yet judged.
///
/// @param gdprApplies null when the event doesn't say
/// @param tcf the TC string, null when absent; empty when something else than a string stood there
/// @param gpc whether the browser asked, by header or by the page's report, not to have its data sold or shared
record ConsentSignals(
        @Nullable Boolean gdprApplies, @Nullable String tcf, boolean gpc) {
    private static final JsonPath CONSENT = JsonPath.parse("context.consent");

    /// The parts of an event that hold signals.
    static final List<JsonPath> PATHS = List.of(CONSENT);

    private static final ConsentSignals HEADER_ONLY = new ConsentSignals(null, null, true);
    private static final ConsentSignals NONE = new ConsentSignals(null, null, false);

    static ConsentSignals of(Event event) {
        boolean header = event.globalPrivacyControl();
        if (!(CONSENT.in(event.json()) instanceof JsonObject consent)) {
            return header ? HEADER_ONLY : NONE;
        }
        return new ConsentSignals(
                flag(consent.present("gdprApplies")),
                tcString(consent.present("tcf")),
                header || Boolean.TRUE.equals(flag(consent.present("gpc"))));
    }

    /// Pages write flags as `true`, `1`, `"1"` or `"true"`; misreading one would be sending against somebody's will.
    private static @Nullable Boolean flag(@Nullable Json value) {
        String word = switch (value) {
            case Json.Bool bool -> bool.name().toLowerCase(Locale.ROOT);
            case Json.Num(String literal) -> literal;
            case Json.Str(String text) -> text.strip().toLowerCase(Locale.ROOT);
            case null, default -> "";
        };
        return switch (word) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> null;
        };
    }

    private static @Nullable String tcString(@Nullable Json value) {
        if (value == null) {
            return null;
        }
        String text = value.asText();
        return text == null ? "" : text;
    }
}
