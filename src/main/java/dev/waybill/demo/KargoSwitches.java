package dev.waybill.demo;

import dev.waybill.json.JsonObject;
import dev.waybill.sandbox.AllowedOrigins;
import dev.waybill.sandbox.Fault;
import dev.waybill.sandbox.Sandbox;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What can be wrong at Kargo, to be switched on and off. Safe for threads.
final class KargoSwitches {
    private static final int OUTAGE = 503;

    private final Sandbox sandbox;
    private final AllowedOrigins sites;
    private final Set<Trouble> on = EnumSet.noneOf(Trouble.class);

    /// @param sites the pages that Kargo knows unless [Trouble#UNKNOWN_SITE] is on
    KargoSwitches(Sandbox sandbox, List<String> sites) {
        this.sandbox = sandbox;
        this.sites = AllowedOrigins.of(sites);
    }

    /// A trouble, with the paths under `/demo/` that bring and end it.
    enum Trouble {
        /// The event endpoint answers 503.
        EVENTS_DOWN("break", "heal"),
        /// The ID endpoint answers 503.
        ID_DOWN("id-down", "id-up"),
        /// The ID endpoint shares its answer with no page: browsers hide it from the script.
        UNKNOWN_SITE("unlist", "list");

        private final String begin;
        private final String end;

        Trouble(String begin, String end) {
            this.begin = begin;
            this.end = end;
        }

        String begin() {
            return begin;
        }

        String end() {
            return end;
        }

        /// Its name on the page and in JSON.
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    synchronized void set(Trouble trouble, boolean begins) {
        if (begins) {
            on.add(trouble);
        } else {
            on.remove(trouble);
        }
        sandbox.misbehave(fault());
        sandbox.shareIdsWith(on.contains(Trouble.UNKNOWN_SITE) ? AllowedOrigins.of(List.of()) : sites);
    }

    private Fault fault() {
        boolean events = on.contains(Trouble.EVENTS_DOWN);
        boolean id = on.contains(Trouble.ID_DOWN);
        if (events) {
            return Fault.of(id ? Fault.Target.BOTH : Fault.Target.EVENTS, OUTAGE);
        }
        return id ? Fault.of(Fault.Target.ID, OUTAGE) : Fault.NONE;
    }

    /// Each trouble by its name, true while it lasts.
    synchronized JsonObject toJson() {
        JsonObject.Builder json = JsonObject.builder();
        for (Trouble trouble : Trouble.values()) {
            json.put(trouble.text(), on.contains(trouble));
        }
        return json.build();
    }
}
