package dev.waybill.cli;

import dev.waybill.compare.Compared;
import dev.waybill.compare.KeyRow;
import dev.waybill.compare.NoticeRow;
import dev.waybill.compare.OutcomeRow;
import dev.waybill.json.PlainText;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/// A comparison for people at a terminal.
record ComparedText(Compared compared, PrintWriter out) {
    private static final int MAX_ROWS = 40;
    private static final int LONGEST = 120;
    private static final String REQUEST = "request.";

    void print() {
        out.printf(
                "%s, revision %d → %d, in pipeline %s: %s%n",
                compared.integration(),
                compared.from(),
                compared.to(),
                compared.pipeline(),
                counted(compared.events(), "event", "events"));
        out.printf("  %d changed, %d unchanged%n", compared.changed(), compared.unchanged());
        if (compared.unreadable() > 0) {
            out.printf(
                    "  %s could not be read or %s no valid event; not compared%n",
                    counted(compared.unreadable(), "event", "events"), compared.unreadable() == 1 ? "is" : "are");
        }
        outcomes();
        keys();
        notices();
        if (compared.unlisted() > 0) {
            out.printf("%n%s more in no row: there are too many different ones%n", changes(compared.unlisted()));
        }
    }

    private void outcomes() {
        if (compared.outcomes().isEmpty()) {
            return;
        }
        out.printf("%nOutcomes%n");
        for (OutcomeRow row :
                compared.outcomes().subList(0, shown(compared.outcomes().size()))) {
            out.printf("%8d  %s: %s → %s%n", row.events(), safe(row.event()), row.from(), row.to());
            for (OutcomeRow.Example example : row.examples()) {
                out.println("          %s%s%s"
                        .formatted(
                                safe(example.messageId()),
                                detail(" was: ", example.from()),
                                detail(" now: ", example.to())));
            }
        }
        rest(compared.outcomes().size());
    }

    private static String detail(String label, String text) {
        return text.isEmpty() ? "" : label + safe(text);
    }

    private void keys() {
        if (compared.keys().isEmpty()) {
            return;
        }
        out.printf("%nKeys%n");
        for (KeyRow row : compared.keys().subList(0, shown(compared.keys().size()))) {
            String path = row.path().startsWith(REQUEST) ? row.path().substring(REQUEST.length()) : row.path();
            out.printf(
                    "%8d  %s: %s %s%n",
                    row.events(), safe(row.event()), safe(path), row.change().text());
            for (KeyRow.Example example : row.examples()) {
                out.println("          %s %s → %s"
                        .formatted(safe(example.messageId()), value(example.before()), value(example.after())));
            }
        }
        rest(compared.keys().size());
    }

    private static String value(@Nullable String text) {
        return text == null ? "(absent)" : safe(text);
    }

    private void notices() {
        if (compared.notices().isEmpty()) {
            return;
        }
        out.printf("%nNotices%n");
        for (NoticeRow row :
                compared.notices().subList(0, shown(compared.notices().size()))) {
            out.println("          %s: %s %s: %d → %d"
                    .formatted(safe(row.event()), row.code(), safe(row.path()), row.before(), row.after()));
        }
        rest(compared.notices().size());
    }

    private static int shown(int rows) {
        return Math.min(rows, MAX_ROWS);
    }

    private void rest(int rows) {
        if (rows > MAX_ROWS) {
            out.printf("          and %d more; --json shows all%n", rows - MAX_ROWS);
        }
    }

    private static String safe(String text) {
        return PlainText.harmless(text, LONGEST);
    }

    private static String changes(long count) {
        return counted(count, "change", "changes");
    }

    private static String counted(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
