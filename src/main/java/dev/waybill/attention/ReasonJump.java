package dev.waybill.attention;

import dev.waybill.outcome.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// A reason whose share in the last ten minutes is far above what it was. Pure.
///
/// @param now in the last ten minutes
/// @param before in the day before
record ReasonJump(Reason reason, Share now, Share before) {
    /// With fewer events there is nothing to judge by.
    static final long MIN_EVENTS = 50;

    static final long MIN_OF_REASON = 20;
    static final long MIN_BEFORE = 200;
    private static final double MIN_RISE = 0.05;
    private static final double MIN_FACTOR = 2;

    /// Somebody chose these.
    private static final Set<Reason> CHOSEN = EnumSet.of(Reason.LANE_DISABLED, Reason.SHADOW);

    /// Whether there is enough to judge by.
    static boolean canJudge(Tallies now, Past past) {
        return now.decided() >= MIN_EVENTS && past.day().decided() >= MIN_BEFORE;
    }

    /// The reasons that jumped, the widest jump first.
    ///
    /// This time of yesterday has a say too, where enough came then: what rises every evening is no jump.
    static List<ReasonJump> of(Tallies now, Past past) {
        List<ReasonJump> jumps = new ArrayList<>();
        if (!canJudge(now, past)) {
            return jumps;
        }
        boolean asksYesterday = past.yesterday().decided() >= MIN_BEFORE;
        for (Reason reason : Reason.values()) {
            Share share = share(now, reason);
            Share before = share(past.day(), reason);
            if (!CHOSEN.contains(reason)
                    && share.count() >= MIN_OF_REASON
                    && isAbove(share, before)
                    && (!asksYesterday || isAbove(share, share(past.yesterday(), reason)))) {
                jumps.add(new ReasonJump(reason, share, before));
            }
        }
        jumps.sort(Comparator.comparingDouble(ReasonJump::rise).reversed());
        return jumps;
    }

    private static Share share(Tallies tallies, Reason reason) {
        return new Share(tallies.of(reason), tallies.decided());
    }

    private static boolean isAbove(Share now, Share before) {
        return now.least() > before.most()
                && now.share() >= before.share() + MIN_RISE
                && now.share() >= before.share() * MIN_FACTOR;
    }

    private double rise() {
        return now.share() - before.share();
    }
}
