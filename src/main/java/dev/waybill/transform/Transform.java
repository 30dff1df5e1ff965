package dev.waybill.transform;

import dev.waybill.json.Json;
import org.jspecify.annotations.Nullable;

/// One step between a mapping's input and its output, such as `lowercase`. Pure, immutable and safe for threads; takes
/// time linear in the size of the value, whatever the value is.
@FunctionalInterface
public interface Transform {
    /// The value after this step, or null when there is none left. Never throws.
    ///
    /// @param value never JSON `null`
    /// @param misfit is told why, when the value is of a kind that this step can't take
    @Nullable
    Json apply(Json value, Misfit misfit);

    /// Hears why a value can't be used, in words for people: `found an array; a text belongs here`. The words never
    /// hold
    /// the value itself, which comes from strangers.
    @FunctionalInterface
    interface Misfit {
        void because(String words);
    }
}
