package dev.waybill.consent;

import dev.waybill.event.Event;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonPath;
import java.util.List;

/// Whether an event carries any consent signal at all, whatever it says and whether it can be read: where many carry
/// none, the page's consent banner doesn't reach Waybill, and the pipeline's `scope` decides alone. Pure.
public final class Silence {
    private static final JsonPath CONSENT = JsonPath.parse("context.consent");
    private static final JsonPath MANAGEMENT = JsonPath.parse("context.consentManagement");

    /// `gppSid` and `explicit` only tell how others are to be read.
    private static final List<String> SIGNALS =
            List.of("gdprApplies", "tcf", "gpp", "usp", "categoryPreferences", "optOut", "consentManagement");

    private Silence() {}

    /// Whether it carries none. `gpc: false` is none: it is what a browser without the setting would say.
    public static boolean of(Event event) {
        if (event.globalPrivacyControl() || MANAGEMENT.in(event.json()) != null) {
            return false;
        }
        return !(CONSENT.in(event.json()) instanceof JsonObject consent) || isSilent(consent);
    }

    private static boolean isSilent(JsonObject consent) {
        Json gpc = consent.present("gpc");
        return SIGNALS.stream().allMatch(key -> consent.present(key) == null) && Flag.of(gpc) != Flag.TRUE;
    }
}
