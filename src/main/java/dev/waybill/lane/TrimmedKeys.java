package dev.waybill.lane;

import dev.waybill.event.Event;
import dev.waybill.journal.Entry;
import dev.waybill.journal.LaneKey;
import dev.waybill.kit.Mapped;
import dev.waybill.outcome.Notice;
import dev.waybill.outcome.NoticeCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Counts which output keys were left out or cut to make events fit, by lane, event name and key, since it was made.
/// Of each event that ended and was mapped, replayed ones too; nothing of it is on disk.
///
/// Memory is bounded: at most [#MAX_EVENTS] event names a lane and [#MAX_KEYS] keys with their notices an event; the
/// rest is only added up. Safe for threads.
public final class TrimmedKeys implements LaneTap {
    public static final int MAX_EVENTS = 200;
    public static final int MAX_KEYS = 50;

    /// In characters; a name or path beyond it is cut, and those cut alike are counted as one.
    private static final int MAX_NAME = 200;

    /// Notices that tell of something seen, while the event went as it was.
    private static final Set<NoticeCode> NOTHING_LOST =
            EnumSet.of(NoticeCode.UNUSUAL_IDENTITY, NoticeCode.LOOKS_LIKE_PII, NoticeCode.JOINED_LATE);

    private final long since;
    private final Map<LaneKey, OfLane> lanes = new ConcurrentHashMap<>();

    /// A counter at 0.
    ///
    /// @param since now, in milliseconds of the epoch
    public TrimmedKeys(long since) {
        this.since = since;
    }

    /// What a key lost, and how often.
    public record Key(String path, NoticeCode code, long count) {}

    /// The keys of one event, the most frequent first.
    ///
    /// @param other how often further keys, beyond the [#MAX_KEYS], lost something
    public record OfEvent(String event, List<Key> keys, long other) {
        /// How often any of its keys lost something.
        public long count() {
            return other + keys.stream().mapToLong(Key::count).sum();
        }
    }

    /// The events of one lane, those that lost most first.
    ///
    /// @param other how often keys of further events, beyond the [#MAX_EVENTS], lost something
    public record Report(List<OfEvent> events, long other) {}

    /// When counting began, in milliseconds of the epoch.
    public long since() {
        return since;
    }

    public Report of(LaneKey lane) {
        OfLane counted = lanes.get(lane);
        return counted == null ? new Report(List.of(), 0) : counted.report();
    }

    @Override
    public void decided(LaneKey lane, @Nullable Event event, Entry.Decided entry, Mapped.@Nullable Deliver request) {
        if (request == null || request.notices().isEmpty()) {
            return;
        }
        for (Notice notice : request.notices()) {
            if (!NOTHING_LOST.contains(notice.code())) {
                lanes.computeIfAbsent(lane, _ -> new OfLane())
                        .count(cut(entry.event()), new Place(cut(notice.path()), notice.code()));
            }
        }
    }

    /// A copy where it is cut: what is kept must not hold on to a whole event.
    private static String cut(String text) {
        if (text.length() <= MAX_NAME) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_NAME - 1)) ? MAX_NAME - 1 : MAX_NAME;
        return text.substring(0, end);
    }

    private record Place(String path, NoticeCode code) {}

    private static final class OfLane {
        private final Map<String, Counts> events = new HashMap<>();
        private long other;

        synchronized void count(String event, Place place) {
            Counts counts = events.get(event);
            if (counts == null && events.size() < MAX_EVENTS) {
                counts = new Counts();
                events.put(event, counts);
            }
            if (counts == null) {
                other++;
            } else {
                counts.add(place);
            }
        }

        synchronized Report report() {
            List<OfEvent> all = new ArrayList<>();
            events.forEach((event, counts) -> all.add(counts.report(event)));
            all.sort(Comparator.comparingLong(OfEvent::count).reversed().thenComparing(OfEvent::event));
            return new Report(all, other);
        }
    }

    private static final class Counts {
        private final Map<Place, Long> places = new HashMap<>();
        private long other;

        void add(Place place) {
            if (places.size() < MAX_KEYS || places.containsKey(place)) {
                places.merge(place, 1L, Long::sum);
            } else {
                other++;
            }
        }

        OfEvent report(String event) {
            List<Key> keys = new ArrayList<>();
            places.forEach((place, count) -> keys.add(new Key(place.path(), place.code(), count)));
            keys.sort(Comparator.comparingLong(Key::count)
                    .reversed()
                    .thenComparing(Key::path)
                    .thenComparing(Key::code));
            return new OfEvent(event, keys, other);
        }
    }
}
