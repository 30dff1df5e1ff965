package dev.waybill.consent;

import dev.waybill.kit.KitConsent;
import dev.waybill.workspace.Pipeline;
import java.util.List;
import java.util.Optional;

/// The consent categories that the pipeline or the integration names: each must be granted, as in Segment. Any form on
/// the event that refuses one denies, also beside another that grants it. Where no form says anything of a category,
/// this rule says nothing, and the pipeline's scope decides.
final class Categories implements ConsentRule {
    private static final List<CategoryForm> FORMS = List.of(CategoryForm.values());

    @Override
    public Optional<String> denial(ConsentSignals signals, Pipeline.Consent consent, KitConsent kit) {
        for (String category : consent.category()) {
            for (CategoryForm form : FORMS) {
                Stance stance = form.on(category, signals.categories());
                if (stance.denies()) {
                    return Optional.of("category: " + category + " " + stance.words() + " (" + form.key() + ")");
                }
            }
        }
        return Optional.empty();
    }

    /// Whether each category that is asked for is granted by some form, so that the event isn't silent; false when
    /// none is asked for.
    static boolean granted(ConsentSignals signals, Pipeline.Consent consent) {
        return !consent.category().isEmpty()
                && consent.category().stream()
                        .allMatch(category -> FORMS.stream()
                                .anyMatch(form -> form.on(category, signals.categories()) == Stance.GRANTED));
    }
}
