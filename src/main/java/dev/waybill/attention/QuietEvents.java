package dev.waybill.attention;

import static dev.waybill.attention.Wording.list;
import static dev.waybill.attention.Wording.name;

import dev.waybill.journal.LaneKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The events of a lane that are expected and don't come: [Wording#SHOWN] by themselves, the rest as one. Pure.
///
/// What was told of has recovered only when it came. At night it isn't expected, and it hasn't come either: then
/// nobody can say.
final class QuietEvents {
    private static final Kind KIND = Kind.EXPECTED_EVENT_QUIET;

    private final LaneKey lane;
    private final Past past;
    private final Set<String> came;
    private final Set<String> expected;
    private final List<Finding> found = new ArrayList<>();
    private final Set<Subject> unknown = new HashSet<>();
    private final Map<Subject, Ending> endings = new HashMap<>();

    private QuietEvents(LaneKey lane, Past past, Recent recent) {
        this.lane = lane;
        this.past = past;
        this.came = recent.names();
        this.expected = past.canExpect() ? past.expected() : Set.of();
    }

    /// @param open what was found of this kind and lane before and isn't over yet
    static Findings of(LaneKey lane, Past past, Recent recent, Set<Subject> open) {
        QuietEvents events = new QuietEvents(lane, past, recent);
        events.look(open.stream()
                .flatMap(subject -> Stream.ofNullable(subject.about()))
                .collect(Collectors.toSet()));
        return new Findings(events.found, events.unknown, events.endings);
    }

    private void look(Set<String> told) {
        List<String> quiet = expected.stream()
                .filter(name -> !came.contains(name))
                // Those that were told of by themselves stay so.
                .sorted(Comparator.comparing((String name) -> !told.contains(name))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        int each = Math.min(Wording.SHOWN, quiet.size());
        for (String name : quiet.subList(0, each)) {
            find(name, name(name), "&event=" + Links.encoded(name));
        }
        List<String> rest = quiet.subList(each, quiet.size());
        if (!rest.isEmpty()) {
            find(Subject.REST, list(rest.stream().map(Wording::name).toList()), "");
        }
        for (String name : told) {
            if (!name.equals(Subject.REST) && !quiet.contains(name)) {
                end(name, ending(name));
            }
        }
        if (told.contains(Subject.REST) && rest.isEmpty()) {
            end(Subject.REST, quiet.isEmpty() ? endingOfTheRest() : null);
        }
    }

    private void find(String about, String names, String filter) {
        found.add(new Finding(
                new Subject(KIND, lane, about),
                "%s came in this hour on the days before, and not once in the last hour.".formatted(names),
                Links.of("events", lane, filter)));
    }

    /// @param ending null when nobody can say
    private void end(String about, @Nullable Ending ending) {
        Subject subject = new Subject(KIND, lane, about);
        if (ending == null) {
            unknown.add(subject);
        } else {
            endings.put(subject, ending);
        }
    }

    private @Nullable Ending ending(String event) {
        if (came.contains(event)) {
            return new Ending(true, name(event) + " comes again");
        }
        return past.isGone(event)
                ? new Ending(false, name(event) + " has not come for a week, and is no longer expected")
                : null;
    }

    /// Which they were isn't known; all is well when all that is expected comes, and none of those that are known is
    /// missing.
    private @Nullable Ending endingOfTheRest() {
        if (past.came().isEmpty()) {
            return new Ending(false, "no event has come for a week");
        }
        return expected.isEmpty() || !unknown.isEmpty()
                ? null
                : new Ending(true, "every event that is expected in this hour comes");
    }
}
