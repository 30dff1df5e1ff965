package dev.waybill.suppress;

import java.io.Serial;
import java.util.Locale;

/// Browsers may suppress nobody more: each stays in memory for good. Somebody who signs in still may.
public final class SuppressionsFullException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /// @param most how many identifiers there may be before browsers can add none
    public SuppressionsFullException(int most) {
        super(String.format(
                        Locale.ROOT, "%,d identifiers are suppressed, and opt-outs of browsers may add no more; ", most)
                + "the browser keeps its opt-out and tells it again later");
    }
}
