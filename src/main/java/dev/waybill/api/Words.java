package dev.waybill.api;

import dev.waybill.outcome.Reason;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Words from the documented lists, as arguments.
final class Words {
    private static final List<String> REASONS =
            Arrays.stream(Reason.values()).map(Reason::code).toList();

    private Words() {}

    /// The argument `reason`, or null when absent.
    static @Nullable Reason reason(Arguments arguments) {
        String word = arguments.word("reason", REASONS);
        return word == null ? null : Reason.of(word).orElse(null);
    }
}
