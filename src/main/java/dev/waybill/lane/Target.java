package dev.waybill.lane;

import dev.waybill.decide.Decider;
import dev.waybill.decide.EventReader;
import dev.waybill.kit.Integration;
import dev.waybill.workspace.Pipeline;
import java.util.Locale;

/// What a lane works for at the moment: its pin and the revision that the pin names. Immutable; a change of the
/// workspace makes a new one.
record Target(Pipeline pipeline, Pipeline.Pin pin, Integration integration, Decider decider, EventReader reader) {
    Target(Pipeline pipeline, Pipeline.Pin pin, Integration integration) {
        this(pipeline, pin, integration, new Decider(pipeline, pin, integration));
    }

    private Target(Pipeline pipeline, Pipeline.Pin pin, Integration integration, Decider decider) {
        this(pipeline, pin, integration, decider, new EventReader(decider));
    }

    /// What is pinned, for people: `revision 2 live`.
    String pinned() {
        return "revision " + integration.revision() + " " + pin.mode().name().toLowerCase(Locale.ROOT)
                + (pin.enabled() ? "" : " disabled");
    }

    /// Whether the other target would send an event otherwise.
    @SuppressWarnings("ReferenceEquality") // a revision that was compiled anew may send otherwise
    boolean differsFrom(Target other) {
        return !pin.equals(other.pin) || integration != other.integration;
    }
}
