package dev.waybill.kit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Which answer means what. Immutable.
final class VerdictRules {
    private static final int LOWEST = 100;
    private static final int HIGHEST = 599;

    private final Verdict[] byStatus = new Verdict[HIGHEST + 1];
    private final List<BodyRule> byBody;

    /// Rules by what the body says, by status and by class of status.
    ///
    /// @param byBody the first that fits wins, before any status
    /// @param classes by first digit, 2 to 5
    /// @param codes by status: they win over classes
    VerdictRules(List<BodyRule> byBody, Map<Integer, Verdict> classes, Map<Integer, Verdict> codes) {
        this.byBody = List.copyOf(byBody);
        // What no rule covers is an answer out of the ordinary, and no event's fault.
        Arrays.fill(byStatus, Verdict.RETRY);
        for (int status = LOWEST; status <= HIGHEST; status++) {
            byStatus[status] = codes.getOrDefault(status, classes.getOrDefault(status / 100, Verdict.RETRY));
        }
    }

    Verdict judge(Answer answer) {
        for (BodyRule rule : byBody) {
            if (rule.fits(answer)) {
                return rule.means();
            }
        }
        int status = answer.status();
        return status < 0 || status > HIGHEST ? Verdict.RETRY : byStatus[status];
    }
}
