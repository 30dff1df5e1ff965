package dev.waybill.attention;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the rules found, the most urgent first.
///
/// @param unknown what they could not judge, for want of data: it may be the case or not. One without
///     [Subject#about()] stands for all of its kind and lane
/// @param endings of what was asked for and isn't the case any more, how it ended where there is more to say than the
///     kind does
public record Findings(List<Finding> found, Set<Subject> unknown, Map<Subject, Ending> endings) {
    public Findings {
        found = found.stream()
                .sorted(Comparator.comparing((Finding finding) -> finding.kind().severity())
                        .thenComparing(Finding::kind)
                        .thenComparing(finding -> finding.subject().where()))
                .toList();
        unknown = Set.copyOf(unknown);
        endings = Map.copyOf(endings);
    }

    public Findings(List<Finding> found, Set<Subject> unknown) {
        this(found, unknown, Map.of());
    }

    /// Whether nobody can say whether that is the case.
    public boolean isUnknown(Subject subject) {
        return unknown.contains(subject) || unknown.contains(new Subject(subject.kind(), subject.lane()));
    }

    /// How something came to its end that is neither found nor unknown.
    public Ending ending(Subject subject) {
        return endings.getOrDefault(subject, Ending.usual(subject.kind()));
    }
}
