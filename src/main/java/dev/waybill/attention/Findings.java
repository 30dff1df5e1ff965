package dev.waybill.attention;

import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// What the rules found, the most urgent first.
///
/// @param unknown what they could not judge, for want of data: it may be the case or not
public record Findings(List<Finding> found, Set<Subject> unknown) {
    public Findings {
        found = found.stream()
                .sorted(Comparator.comparing((Finding finding) -> finding.kind().severity())
                        .thenComparing(Finding::kind)
                        .thenComparing(finding -> finding.subject().where()))
                .toList();
        unknown = Set.copyOf(unknown);
    }
}
