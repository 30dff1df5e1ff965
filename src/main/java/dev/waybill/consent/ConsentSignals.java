package dev.waybill.consent;

import dev.waybill.event.Event;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonPath;
import dev.waybill.workspace.Pipeline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The consent signals of one event, as its `context` and the request's headers gave them. Not yet judged. A kind that
/// the pipeline switches off is as good as absent.
///
/// @param gdprApplies null when nobody says; true also when GPP's section 2 applies
/// @param tcf the TC string, null when absent; empty when something else than a string stood there. Where GPP's section
///     2 applies and holds one, that
/// @param gpp null when the event has neither a GPP string nor the ids of sections
/// @param usp the US Privacy string, null when absent or empty, without the space around it
/// @param gpc whether the browser asked, by header or by the page's report, not to have its data sold or shared
record ConsentSignals(
        @Nullable Boolean gdprApplies,
        @Nullable String tcf,
        @Nullable GppSignal gpp,
        @Nullable String usp,
        boolean gpc,
        CategorySignals categories) {
    private static final JsonPath CONSENT = JsonPath.parse("context.consent");

    /// The parts of an event that hold signals.
    static final List<JsonPath> PATHS = CategorySignals.PATHS;

    static ConsentSignals of(Event event, Pipeline.Signals counted) {
        return of(
                CONSENT.in(event.json()) instanceof JsonObject consent ? consent : null,
                event.globalPrivacyControl(),
                CategorySignals.of(event),
                counted);
    }

    /// @param consent `context.consent`, null when it isn't there
    static ConsentSignals of(
            @Nullable JsonObject consent, boolean header, CategorySignals categories, Pipeline.Signals counted) {
        if (consent == null) {
            return new ConsentSignals(null, null, null, null, counted.gpc() && header, categories);
        }
        GppSignal gpp = counted.gpp() ? GppSignal.of(consent.present("gpp"), consent.present("gppSid")) : null;
        boolean european = gpp != null && gpp.applies(GppSignal.TCF_EU);
        Boolean applies = european ? Boolean.TRUE : flag(consent.present("gdprApplies"));
        return new ConsentSignals(
                counted.tcf() ? applies : null,
                counted.tcf() ? tcString(gpp, european, consent.present("tcf"), applies) : null,
                gpp,
                counted.usp() ? text(consent.present("usp")) : null,
                counted.gpc() && (header || Boolean.TRUE.equals(flag(consent.present("gpc")))),
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

    /// Pages without a consent manager send an empty text: it says nothing, unless the GDPR is said to apply.
    private static @Nullable String tcString(
            @Nullable GppSignal gpp, boolean european, @Nullable Json value, @Nullable Boolean applies) {
        String section = european && gpp != null ? gpp.section(GppSignal.TCF_EU) : null;
        if (section != null) {
            return section;
        }
        if (value == null) {
            return null;
        }
        String text = value.asText();
        if (applies == null && text != null && text.isBlank()) {
            return null;
        }
        return text == null ? "" : text;
    }

    /// Something else than a text is kept as one that can't be read.
    private static @Nullable String text(@Nullable Json value) {
        if (value == null) {
            return null;
        }
        String text = value instanceof Json.Str(String string) ? string.strip() : "?";
        return text.isEmpty() ? null : text;
    }
}
