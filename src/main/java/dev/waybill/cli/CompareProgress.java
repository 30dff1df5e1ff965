package dev.waybill.cli;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/// Says how many events were compared, when somebody watches and it takes longer than a second.
final class CompareProgress {
    private static final long BETWEEN = TimeUnit.SECONDS.toNanos(1);
    private static final int STEP = 256;

    private final PrintWriter err;
    private final boolean watched;
    private long compared;
    private long told = System.nanoTime();
    private boolean shown;

    CompareProgress(PrintWriter err, boolean watched) {
        this.err = err;
        this.watched = watched;
    }

    void one() {
        compared++;
        if (watched && compared % STEP == 0 && System.nanoTime() - told > BETWEEN) {
            told = System.nanoTime();
            shown = true;
            err.print("\r%,d events compared".formatted(compared));
            err.flush();
        }
    }

    void end() {
        if (shown) {
            err.print("\r" + " ".repeat(40) + "\r");
            err.flush();
        }
    }
}
