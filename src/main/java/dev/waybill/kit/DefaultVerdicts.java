package dev.waybill.kit;

import java.util.HashMap;
import java.util.Map;

/// What a status means where a kit doesn't say.
final class DefaultVerdicts {
    private static final Map<Integer, Verdict> CLASSES =
            Map.of(2, Verdict.DELIVERED, 3, Verdict.SETUP, 4, Verdict.REJECTED, 5, Verdict.RETRY);

    private static final Map<Integer, Verdict> CODES = Map.of(
            401, Verdict.SETUP,
            403, Verdict.SETUP,
            404, Verdict.SETUP,
            405, Verdict.SETUP,
            410, Verdict.SETUP,
            408, Verdict.RETRY,
            423, Verdict.RETRY,
            425, Verdict.RETRY,
            429, Verdict.RETRY,
            501, Verdict.REJECTED);

    private DefaultVerdicts() {}

    /// Adds to a kit's own rules. Where a kit speaks of a whole class, that class is all its own.
    ///
    /// @param classes by first digit
    /// @param codes by status
    static void fillUp(Map<Integer, Verdict> classes, Map<Integer, Verdict> codes) {
        Map<Integer, Verdict> own = new HashMap<>(classes);
        CODES.forEach((status, verdict) -> {
            if (!own.containsKey(status / 100)) {
                codes.putIfAbsent(status, verdict);
            }
        });
        CLASSES.forEach(classes::putIfAbsent);
    }
}
