package dev.waybill.cli;

import dev.waybill.fixture.DiffText;
import dev.waybill.fixture.Fixture;
import dev.waybill.fixture.JUnitReport;
import dev.waybill.fixture.Verdict;
import dev.waybill.json.PlainText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Prints what fixtures showed, and counts.
final class TestReport {
    private static final String RED = "\u001b[31m";
    private static final String GREEN = "\u001b[32m";
    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";
    private static final int LONGEST = 2000;

    private final PrintWriter out;
    private final boolean coloured;
    private final List<JUnitReport.Case> cases = new ArrayList<>();
    private int passed;
    private int differ;
    private int broken;
    private int updated;
    private int created;
    private int skipped;

    TestReport(PrintWriter out, boolean coloured) {
        this.out = out;
        this.coloured = coloured;
    }

    /// @param written whether its `expected.json` was written instead
    void add(Fixture fixture, Verdict verdict, boolean written, long nanos) {
        JUnitReport.Outcome outcome = JUnitReport.Outcome.PASSED;
        String failure = "";
        switch (verdict) {
            case Verdict.Passed _ -> passed++;
            case Verdict.Skipped _ -> {
                skipped++;
                outcome = JUnitReport.Outcome.SKIPPED;
            }
            case Verdict.Missing _ -> {
                created++;
                wrote(fixture);
            }
            case Verdict.Differs differs -> {
                if (written) {
                    updated++;
                    wrote(fixture);
                } else {
                    differ++;
                    outcome = JUnitReport.Outcome.FAILURE;
                    failure = differs(fixture, differs);
                }
            }
            case Verdict.Broken(List<String> problems) -> {
                broken++;
                outcome = JUnitReport.Outcome.ERROR;
                failure = String.join("\n", problems);
                problems.forEach(problem -> print("", problem));
            }
        }
        double seconds = nanos / (double) TimeUnit.SECONDS.toNanos(1);
        cases.add(new JUnitReport.Case(fixture.name(), seconds, outcome, failure));
    }

    private void wrote(Fixture fixture) {
        print("", "wrote " + fixture.path(Fixture.EXPECTED));
    }

    private String differs(Fixture fixture, Verdict.Differs differs) {
        List<DiffText.Line> lines = DiffText.of(differs);
        print(BOLD, "%s/%s differs".formatted("tests", fixture.name()));
        for (DiffText.Line line : lines) {
            print(
                    switch (line.kind()) {
                        case HEAD, PATH -> "";
                        case EXPECTED -> RED;
                        case FOUND -> GREEN;
                    },
                    line.text());
        }
        return lines.stream().map(DiffText.Line::text).collect(Collectors.joining("\n"));
    }

    private void print(String colour, String text) {
        String harmless = PlainText.harmless(text, LONGEST);
        out.println(coloured && !colour.isEmpty() ? colour + harmless + PLAIN : harmless);
    }

    void summary() {
        StringJoiner parts = new StringJoiner(", ");
        parts.add(passed + " passed");
        part(parts, differ, differ == 1 ? "differs" : "differ");
        part(parts, updated, "updated");
        part(parts, created, "created");
        part(parts, broken, "can't be run");
        part(parts, skipped, "skipped");
        out.printf("%d %s: %s%n", cases.size(), cases.size() == 1 ? "fixture" : "fixtures", parts);
        out.flush();
    }

    private static void part(StringJoiner parts, int count, String what) {
        if (count > 0) {
            parts.add(count + " " + what);
        }
    }

    boolean failed() {
        return differ > 0 || broken > 0;
    }

    List<JUnitReport.Case> cases() {
        return List.copyOf(cases);
    }
}
