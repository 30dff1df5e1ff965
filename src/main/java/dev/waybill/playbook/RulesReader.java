package dev.waybill.playbook;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Form;
import dev.waybill.config.Section;
import dev.waybill.event.EventName;
import dev.waybill.json.JsonPath;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads one section of a playbook: `mappings`, `enrichments`, `spread`, `exclude`, `filters` and, of an event,
/// `send` and `like`. Belongs to one thread.
final class RulesReader {
    private final Reading reading;
    private final MappingReader mappings;
    private final EnrichmentReader enrichments;
    private final SpreadReader spreads;

    RulesReader(Reading reading) {
        this.reading = reading;
        this.mappings = new MappingReader(reading);
        this.enrichments = new EnrichmentReader(reading);
        this.spreads = new SpreadReader(reading);
    }

    Rules readEvent(Section section) {
        section.means("send", "whether the event is sent at all");
        section.means("like", "the event whose section fills the gaps of this one");
        boolean says = section.value("send") != null;
        boolean send = section.bool("send", true);
        String like = section.text("like").map(EventName::normalise).orElse(null);
        Rules rules = read(section);
        return new Rules(rules.outputs(), rules.spreads(), rules.exclude(), rules.filters(), says ? send : null, like);
    }

    Rules read(Section section) {
        section.means("mappings", "keys of the request that take their value from the event");
        section.means("enrichments", "keys of the request that have a constant value, a time or the event's id");
        section.means("spread", "objects of the event whose keys are copied into an object of the request");
        section.means("exclude", "keys that are left out when an object is copied");
        section.means("filters", "conditions that say which events are kept back");
        Map<JsonPath, Choice> outputs = new LinkedHashMap<>();
        for (ConfigNode item : section.list("mappings")) {
            mappings.read(item).ifPresent(read -> add(outputs, read, item));
        }
        for (ConfigNode item : section.list("enrichments")) {
            enrichments.read(item).ifPresent(read -> add(outputs, read, item));
        }
        List<Spread> spread = section.list("spread").stream()
                .map(spreads::read)
                .flatMap(Optional::stream)
                .toList();
        Set<JsonPath> exclude = exclude(section);
        List<Filter> filters = FilterReader.all(section, reading.problems());
        section.done();
        return new Rules(outputs, spread, exclude, filters, null, null);
    }

    /// Several assignments of one output stand in the order of the file; all but the last say for which events.
    private void add(Map<JsonPath, Choice> outputs, MappingReader.Read read, ConfigNode at) {
        Choice before = outputs.getOrDefault(read.output(), Choice.NONE);
        if (before.isSettled()) {
            reading.problems()
                    .error(
                            Reading.at(Section.of(at, reading.problems()), "output"),
                            "'" + read.output() + "' is assigned twice in this section; keep one, or give the first a"
                                    + " 'when'");
        }
        outputs.put(read.output(), before.and(read.assignment()));
    }

    private Set<JsonPath> exclude(Section section) {
        Set<JsonPath> exclude = new LinkedHashSet<>();
        section.itemsTake("exclude", Form.TEXT);
        for (ConfigNode item : section.list("exclude")) {
            if (item instanceof ConfigNode.Scalar scalar) {
                reading.jsonPath(item, scalar.text()).ifPresent(exclude::add);
            } else {
                reading.problems().error(item, "found " + item.kind() + "; a key, or a dotted path, belongs here");
            }
        }
        return exclude;
    }
}
