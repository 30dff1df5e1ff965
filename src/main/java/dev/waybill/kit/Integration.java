package dev.waybill.kit;

import dev.waybill.event.Event;
import dev.waybill.json.Projection;
import dev.waybill.playbook.Explanation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One revision of an integration, compiled once: pure functions, safe for threads.
public interface Integration {
    String name();

    /// From 1.
    int revision();

    /// The kit's name, such as `kargo`.
    String kit();

    /// The connection parameters by name, secrets as placeholders; only those that have a value.
    default Map<String, String> parameters() {
        return Map.of();
    }

    /// The parts of an event that [#map(Event)] looks at, so that the rest need not be built.
    Projection wanted();

    /// What becomes of the event by playbook, identity and limits. Secrets in the request stand as placeholders, fit
    /// to be shown and kept.
    Mapped map(Event event);

    /// The same by the same code, which writes down which rule made what.
    default Mapped explain(Event event, Explanation explanation) {
        return map(event);
    }

    /// The same with the secrets filled in: for the wire only, never kept or shown.
    Mapped mapForSending(Event event);

    /// Whether the request for the wire differs from the one that may be shown.
    boolean hasSecrets();

    /// The text with placeholders for the secrets' values: a destination may send back what it was sent.
    default String withoutSecrets(String text) {
        return text;
    }

    /// Whether the event's own `integrations` object (Segment's) lets it go to this destination.
    boolean selects(Event event);

    /// The consent categories that the revision names itself, all of which must be granted; empty: the pipeline's
    /// count.
    default List<String> consentCategories() {
        return List.of();
    }

    /// What the kit needs consent to under the framework, with the revision's own purposes where it names any.
    default KitConsent consent() {
        return KitConsent.NONE;
    }

    /// The normalised names of the events that the playbook has a section for, those that are not sent included; an
    /// event that goes by its type stands under it.
    default Set<String> mappedEvents() {
        return Set.of();
    }

    Verdict judge(Answer answer);

    /// How several events go in one request; null when each goes alone.
    default @Nullable BatchRule batch() {
        return null;
    }

    /// What it does, in words, for people who compare two revisions.
    default Meaning meaning() {
        return new Meaning(new TreeMap<>(), new TreeMap<>());
    }

    /// The age beyond which an event is `expired`.
    Duration maxEventAge();

    Delivery delivery();

    /// How browsers get the person's identifier; null when the kit has no sync.
    default @Nullable BrowserSync browserSync() {
        return null;
    }

    /// The identifier on the event by which the destination knows the person, for suppression; null when it has none.
    @Nullable
    String identity(Event event);
}
