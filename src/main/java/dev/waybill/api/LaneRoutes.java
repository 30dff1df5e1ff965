package dev.waybill.api;

import dev.waybill.access.AuditJournal;
import dev.waybill.access.Audited;
import dev.waybill.access.Permission;
import dev.waybill.lane.Lane;
import dev.waybill.lane.LaneStatus.State;
import dev.waybill.lane.LaneView;
import java.util.List;
import java.util.function.Consumer;

/// Stops a lane's sending and lets it go on.
record LaneRoutes(LaneNames names, LedgerRow rows, AuditJournal audit) {
    /// A lane does what it is told between two events; the answer waits that long to show it, not longer.
    private static final int LOOKS = 100;

    private static final int PAUSE_BETWEEN_LOOKS = 10;

    List<Route> routes() {
        return List.of(
                Route.post(
                        "lanes/{pipeline}/{integration}/pause",
                        Permission.DEPLOY,
                        call -> tell(call, Lane::pause, true)),
                Route.post(
                        "lanes/{pipeline}/{integration}/resume",
                        Permission.DEPLOY,
                        call -> tell(call, Lane::resume, false)));
    }

    private Answer tell(Call call, Consumer<Lane> what, boolean paused) {
        LaneView view = names.ofPath(call);
        call.body().end();
        Lane lane = view.lane().orElseThrow(() -> Replaying.removed(view));
        String before = view.status().state().text();
        what.accept(lane);
        audit.record(
                call.caller().name(),
                paused ? Audited.LANE_PAUSED : Audited.LANE_RESUMED,
                Replaying.subject(view.key()),
                before,
                null);
        awaitShown(view, paused);
        return Answer.ok(rows.json(view.ledger()));
    }

    @SuppressWarnings("BusyWait") // a lane tells nobody when its status changes; at most a second, on a virtual thread
    private static void awaitShown(LaneView view, boolean paused) {
        try {
            for (int look = 0; look < LOOKS && (view.status().state() == State.PAUSED) != paused; look++) {
                if (view.status().state() == State.DISABLED) {
                    return;
                }
                Thread.sleep(PAUSE_BETWEEN_LOOKS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
