package dev.waybill.cli;

import dev.waybill.decide.WholeEvent;
import dev.waybill.event.EventName;
import dev.waybill.event.EventType;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonPath;
import dev.waybill.json.JsonText;
import dev.waybill.json.Projection;
import dev.waybill.log.LogRecord;
import dev.waybill.log.RecordedEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;

/// Looks in a data directory for the newest events of one name. Belongs to one thread.
final class EventSearch {
    private static final Projection NAME = Projection.of(List.of(JsonPath.parse("event")));
    private static final int MOST_NAMES = 200;
    private static final int LONGEST_NAME = 100;

    private final String wanted;
    private final int count;
    private final Set<String> names = new TreeSet<>();
    private long looked;
    private long lost;

    /// @param wanted a track's normalised name, or a type
    EventSearch(String wanted, int count) {
        this.wanted = wanted;
        this.count = count;
    }

    /// At most so many, newest first.
    List<LogRecord> in(Path data, List<String> pipelines) throws IOException {
        List<LogRecord> found = new ArrayList<>();
        for (String pipeline : pipelines) {
            RecordedEvents events = RecordedEvents.of(data, pipeline);
            found.addAll(events.newest(count, this::isWanted));
            lost += events.lost();
        }
        return found.stream()
                .sorted(Comparator.comparingLong(LogRecord::receivedAt).reversed())
                .limit(count)
                .toList();
    }

    private boolean isWanted(LogRecord record) {
        looked++;
        String name = name(record);
        if (names.size() < MOST_NAMES && name.length() <= LONGEST_NAME) {
            names.add(name);
        }
        return name.equals(wanted) && isReadable(record);
    }

    private static boolean isReadable(LogRecord record) {
        try {
            WholeEvent.of(record);
            return true;
        } catch (IllegalArgumentException damaged) {
            return false;
        }
    }

    private static String name(LogRecord record) {
        EventType type = record.header().type();
        if (type != EventType.TRACK) {
            return type.text();
        }
        try {
            String name = JsonText.read(record.body(), NAME) instanceof JsonObject event ? event.text("event") : null;
            return name == null ? type.text() : EventName.normalise(name);
        } catch (JacksonException damaged) {
            return type.text();
        }
    }

    /// The names that were met, in order.
    List<String> names() {
        return List.copyOf(names);
    }

    /// How many events were looked at.
    long looked() {
        return looked;
    }

    /// How many could not be read.
    long lost() {
        return lost;
    }
}
