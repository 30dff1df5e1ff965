package dev.waybill.cli;

import dev.waybill.onboard.SyncFinding;
import java.io.PrintWriter;
import java.util.List;

/// What `sync-check` found, for people: a table, then what it means in sentences.
record SyncTable(PrintWriter out) {
    void print(List<SyncFinding> findings) {
        line("INTEGRATION", "ORIGIN", "STATUS", "MS", "ORIGIN OK", "CREDENTIALS", "IDENTIFIER", "COOKIE");
        for (SyncFinding one : findings) {
            line(
                    one.integration(),
                    one.origin(),
                    one.isAnswered() ? Integer.toString(one.status()) : "-",
                    one.isAnswered() ? Long.toString(one.milliseconds()) : "-",
                    one.allowOrigin(),
                    one.allowCredentials(),
                    one.identifier(),
                    one.cookie());
        }
        out.println();
        for (SyncFinding one : findings) {
            out.println(one.origin() + (one.isFine() ? ": fine, its pages get an identifier." : ":"));
            one.faults().forEach(fault -> out.println("  " + fault));
            one.notes().forEach(note -> out.println("  Note: " + note));
        }
        out.flush();
    }

    private void line(Object... cells) {
        out.println("%-16s  %-36s  %6s  %6s  %-10s  %-11s  %-10s  %s"
                .formatted(cells)
                .stripTrailing());
    }
}
