package dev.waybill.consent;

import dev.waybill.kit.KitConsent;
import dev.waybill.workspace.Pipeline;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// IAB's Global Privacy Platform: each section that applies must be there, readable, and refuse nothing. Section 2 is a
/// TC string, and [Transparency] judges it. A section that we don't know denies: nobody can tell what it refuses.
final class PrivacyPlatform implements ConsentRule {
    /// None applies, not yet known, the framework's retired version 1, the header, and the signatures: they refuse
    /// nothing.
    private static final Set<Integer> SILENT = Set.of(-1, 0, 1, 3, 4);

    private static final int US_PRIVACY = 6;

    @Override
    public Optional<String> denial(ConsentSignals signals, Pipeline.Consent consent, KitConsent kit) {
        GppSignal gpp = signals.gpp();
        if (gpp == null) {
            return Optional.empty();
        }
        if (gpp.broken() != null) {
            return Optional.of("gpp: " + gpp.broken());
        }
        for (int id : gpp.applicable()) {
            String refusal = id == GppSignal.TCF_EU || SILENT.contains(id) ? null : refusal(id, gpp.section(id));
            if (refusal != null) {
                return Optional.of("gpp: " + refusal);
            }
        }
        return Optional.empty();
    }

    private static @Nullable String refusal(int id, @Nullable String text) {
        UsSection section = UsSection.of(id);
        if (id != US_PRIVACY && section == null) {
            return "section " + id + " applies and is not known";
        }
        String name = id + " (" + (section == null ? "uspv1" : section.title()) + ")";
        if (text == null || text.isBlank()) {
            return "section " + name + " applies and is missing";
        }
        if (section == null) {
            String refusal = UsPrivacy.refusal(text);
            return refusal == null ? null : "section " + name + ": " + refusal;
        }
        String refusal = section.refusal(text);
        return refusal == null ? null : "section " + name + ": " + refusal;
    }
}
