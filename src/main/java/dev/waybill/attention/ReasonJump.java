package dev.waybill.attention;

import static dev.waybill.attention.Wording.percent;

import dev.waybill.outcome.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

    /// How a jump stands that was seen before and isn't one now; null when too little came to tell. What lasts is part
    /// of the day before after some hours, so that it is no jump any more: that is no recovery.
    ///
    /// To be asked only where [#canJudge].
    static @Nullable Ending ending(Reason reason, Tallies now, Past past) {
        Share share = share(now, reason);
        Share before = share(past.day(), reason);
        String numbers = "%s of the events of the last 10 minutes, %s in the day before"
                .formatted(percent(share.share()), percent(before.share()));
        if (share.share() < before.share() + MIN_RISE) {
            return new Ending(true, "%s no longer stands out: %s".formatted(reason.code(), numbers));
        }
        boolean asksYesterday = past.yesterday().decided() >= MIN_BEFORE;
        return isFarAbove(share, before) && (!asksYesterday || isFarAbove(share, share(past.yesterday(), reason)))
                ? null
                : new Ending(
                        false, "%s stays as frequent, but that is usual by now: %s".formatted(reason.code(), numbers));
    }

    private static Share share(Tallies tallies, Reason reason) {
        return new Share(tallies.of(reason), tallies.decided());
    }

    private static boolean isAbove(Share now, Share before) {
        return now.least() > before.most() && isFarAbove(now, before);
    }

    private static boolean isFarAbove(Share now, Share before) {
        return now.share() >= before.share() + MIN_RISE && now.share() >= before.share() * MIN_FACTOR;
    }

    private double rise() {
        return now.share() - before.share();
    }
}
