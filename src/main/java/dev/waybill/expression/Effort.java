package dev.waybill.expression;

/// What one evaluation may still cost, so that no event makes an expression slow or large. Of the evaluating thread.
///
/// What is paid for, each by its own rule: every value of the
/// event that is looked at, every call of a function, every character that is joined, searched or answered with. CEL's
/// own bound of 1,000 steps says nothing of what one step costs: `list == other` in a loop looks at every item each
/// time. Counted work, unlike a clock, ends the same event at the same place in a replay.
final class Effort {
    /// What one evaluation may cost. HostileEventsTest holds what that comes to in time.
    static final long MOST = 5_000_000;

    /// One value of the event.
    static final long VALUE = 16;

    /// A field that isn't there. CEL answers with an exception and its stack trace.
    static final long MISSING = 1_000;

    /// A function that failed, with an exception too; `exists` and `||` pass over it and go on.
    static final long FAILURE = 4_000;

    private static final ThreadLocal<Effort> CURRENT = ThreadLocal.withInitial(Effort::new);

    private long left = MOST;

    private Effort() {}

    /// Ends an evaluation. No exception: those are values to CEL, and `||` would go on after one.
    static final class SpentError extends Error {
        private static final long serialVersionUID = 1L;

        private SpentError() {
            super("the expression takes too long for this event", null, false, false);
        }
    }

    static void begin() {
        CURRENT.get().left = MOST;
    }

    /// Pays for a step.
    ///
    /// @throws SpentError when the evaluation has cost enough
    static void pay(long cost) {
        Effort effort = CURRENT.get();
        effort.left -= cost;
        if (effort.left < 0) {
            throw new SpentError();
        }
    }
}
