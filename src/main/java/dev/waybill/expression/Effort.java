package dev.waybill.expression;

/// What one evaluation may still cost, so that no event makes an expression slow or large. Of the evaluating thread.
final class Effort {
    /// Characters that joining may make and that searching may look through in one evaluation: some 20 ms.
    static final long MOST = 10_000_000;

    private static final ThreadLocal<Effort> CURRENT = ThreadLocal.withInitial(Effort::new);

    private long left = MOST;

    private Effort() {}

    static void begin() {
        CURRENT.get().left = MOST;
    }

    /// Pays for a step.
    ///
    /// @throws IllegalStateException when the evaluation has cost enough
    static void pay(long cost) {
        Effort effort = CURRENT.get();
        effort.left -= cost;
        if (effort.left < 0) {
            throw new IllegalStateException("the expression takes too long for this event");
        }
    }
}
