package dev.waybill.bench;

import java.io.PrintStream;

/// Tells a person at a terminal what is being measured, and everybody what went wrong meanwhile.
final class Progress {
    private final PrintStream err;
    private final boolean terminal;

    /// @param terminal whether somebody watches; otherwise only troubles are written
    Progress(PrintStream err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    void measuring(String what) {
        if (terminal) {
            err.println("waybill: measuring " + what + " ...");
        }
    }

    void trouble(String what) {
        err.println("waybill: " + what + ".");
    }

    /// A figure that was taken while requests failed is worth little: say so.
    LoadResult checked(String what, LoadResult result) {
        if (!result.clean()) {
            err.printf(
                    "waybill: %s: %d of %d requests were refused and %d connections broke%s%n",
                    what,
                    result.refused(),
                    result.refused() + result.accepted(),
                    result.broken(),
                    result.firstRefusal() == null ? "." : "; the first answer: " + result.firstRefusal());
        }
        return result;
    }
}
