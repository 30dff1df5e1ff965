package dev.waybill.kit;

import java.util.Arrays;
import java.util.Map;

/// Which HTTP status means what. Immutable.
final class VerdictRules {
    private static final int LOWEST = 100;
    private static final int HIGHEST = 599;

    private final Verdict[] byStatus = new Verdict[HIGHEST + 1];

    /// Rules by status and by class of status.
    ///
    /// @param classes by first digit, 2 to 5
    /// @param codes by status: they win over classes
    VerdictRules(Map<Integer, Verdict> classes, Map<Integer, Verdict> codes) {
        // What no rule covers is an answer out of the ordinary, and no event's fault.
        Arrays.fill(byStatus, Verdict.RETRY);
        for (int status = LOWEST; status <= HIGHEST; status++) {
            byStatus[status] = codes.getOrDefault(status, classes.getOrDefault(status / 100, Verdict.RETRY));
        }
    }

    Verdict judge(int status) {
        return status < 0 || status > HIGHEST ? Verdict.RETRY : byStatus[status];
    }
}
