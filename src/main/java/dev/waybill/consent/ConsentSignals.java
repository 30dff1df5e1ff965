package dev.waybill.consent;

import dev.waybill.event.Event;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The consent signals of one event, as its `context` and the request's headers gave them. Not yet judged.
///
/// @param gdprApplies null when the event doesn't say
/// @param tcf the TC string, null when absent; empty when something else than a string stood there
/// @param gpc whether the browser asked, by header or by the page's report, not to have its data sold or shared
record ConsentSignals(
        @Nullable Boolean gdprApplies, @Nullable String tcf, boolean gpc, CategorySignals categories) {
    private static final JsonPath CONSENT = JsonPath.parse("context.consent");

    /// The parts of an event that hold signals.
    static final List<JsonPath> PATHS = CategorySignals.PATHS;

    static ConsentSignals of(Event event) {
        boolean header = event.globalPrivacyControl();
        CategorySignals categories = CategorySignals.of(event);
        if (!(CONSENT.in(event.json()) instanceof JsonObject consent)) {
            return new ConsentSignals(null, null, header, categories);
        }
        return new ConsentSignals(
                flag(consent.present("gdprApplies")),
                tcString(consent.present("tcf")),
                header || Boolean.TRUE.equals(flag(consent.present("gpc"))),
                categories);
    }

    /// A misread flag would be sending against somebody's will; one that can't be read is as good as none.
    private static @Nullable Boolean flag(@Nullable Json value) {
        return switch (Flag.of(value)) {
            case TRUE -> true;
            case FALSE -> false;
            case ABSENT, ODD -> null;
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
