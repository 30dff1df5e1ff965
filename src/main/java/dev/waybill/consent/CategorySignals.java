package dev.waybill.consent;

import dev.waybill.event.Event;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where an event may tell which consent categories the person granted: the places, not yet read. An absent or `null`
/// place is null.
///
/// @param preferences `context.consent.categoryPreferences`, Segment's
/// @param emptyConsent whether `context.consent` is there and holds nothing, beside an `integrations` object that
///     does: by Segment's table that is a refusal of every category, while an empty one alone says nothing
/// @param optOut `context.consent.optOut`, MetaRouter's
/// @param explicit `context.consent.explicit`, MetaRouter's
/// @param management `context.consentManagement`, RudderStack's
/// @param nestedManagement `context.consent.consentManagement`, the same in the other place where it is accepted
record CategorySignals(
        @Nullable Json preferences,
        boolean emptyConsent,
        @Nullable Json optOut,
        @Nullable Json explicit,
        @Nullable Json management,
        @Nullable Json nestedManagement) {
    private static final JsonPath CONSENT = JsonPath.parse("context.consent");
    private static final JsonPath MANAGEMENT = JsonPath.parse("context.consentManagement");
    private static final JsonPath INTEGRATIONS = JsonPath.parse("integrations");

    /// The parts of an event that hold them.
    static final List<JsonPath> PATHS = List.of(CONSENT, MANAGEMENT, INTEGRATIONS);

    private static final CategorySignals NONE = new CategorySignals(null, false, null, null, null, null);

    static CategorySignals of(Event event) {
        Json management = MANAGEMENT.in(event.json());
        if (!(CONSENT.in(event.json()) instanceof JsonObject consent)) {
            return management == null ? NONE : new CategorySignals(null, false, null, null, management, null);
        }
        return new CategorySignals(
                consent.present("categoryPreferences"),
                isEmpty(consent) && INTEGRATIONS.in(event.json()) instanceof JsonObject wish && !isEmpty(wish),
                consent.present("optOut"),
                consent.present("explicit"),
                management,
                consent.present("consentManagement"));
    }

    /// Of a consent object that stands alone, without an event around it.
    static CategorySignals of(@Nullable JsonObject consent) {
        return consent == null
                ? NONE
                : new CategorySignals(
                        consent.present("categoryPreferences"),
                        false,
                        consent.present("optOut"),
                        consent.present("explicit"),
                        null,
                        consent.present("consentManagement"));
    }

    private static boolean isEmpty(JsonObject object) {
        for (int i = 0; i < object.size(); i++) {
            if (!(object.value(i) instanceof Json.Null)) {
                return false;
            }
        }
        return true;
    }
}
