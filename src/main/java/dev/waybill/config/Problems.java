package dev.waybill.config;

import dev.waybill.config.Problem.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Gathers problems while files are read, so that a person sees all of them at once. Belongs to one thread.
public final class Problems {
    private final List<Problem> found = new ArrayList<>();

    public void error(ConfigNode at, String message) {
        add(new Problem(Severity.ERROR, at.file(), at.line(), at.path(), message));
    }

    public void warning(ConfigNode at, String message) {
        add(new Problem(Severity.WARNING, at.file(), at.line(), at.path(), message));
    }

    public void add(Problem problem) {
        found.add(problem);
    }

    /// Whether any file can't be used; warnings don't count.
    public boolean hasErrors() {
        return found.stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
    }

    /// All problems by file and line.
    public List<Problem> sorted() {
        return found.stream()
                .distinct()
                .sorted(Comparator.comparing(Problem::file).thenComparingInt(Problem::line))
                .toList();
    }
}
