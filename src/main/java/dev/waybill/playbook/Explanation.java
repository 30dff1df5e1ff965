package dev.waybill.playbook;

import dev.waybill.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which rule made which key of a request: written down by the code that maps, while it maps, when somebody asks. A
/// mapping for the wire has none, so that it costs nothing there. As large as the event; belongs to one thread.
public final class Explanation {
    private final Map<Place, Step> steps = new LinkedHashMap<>();

    /// What made a key.
    public enum Rule {
        /// A mapping; its input gave the value, or nothing did.
        MAPPING,
        /// A constant, a time or the event's id.
        ENRICHMENT,
        /// A mapping's `default`: its input gave nothing.
        DEFAULT,
        /// A key of an object that is copied.
        COPY,
        /// A key of an object that is spread over the copied one.
        SPREAD,
        /// Left out of what was copied.
        EXCLUDE,
        /// The event's own name, where no rule says otherwise.
        NAME;

        /// As in JSON.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// One key.
    ///
    /// @param output its path in the request's body, such as `params.total`
    /// @param layer where the rule stands; null when it is built in
    /// @param input where the value came from: a path of the event, or words such as `the text 'web'`; null when
    ///     nothing was looked at
    /// @param then the transforms, in the file's own words; empty when there are none
    /// @param value what the rule gave, before limits; null when it gave nothing
    public record Step(
            String output,
            @Nullable Layer layer,
            Rule rule,
            @Nullable String input,
            String then,
            @Nullable Json value) {}

    /// A copied key may have dots in its name and look like an assigned one inside another.
    private record Place(boolean copied, String output) {}

    /// One step for each key, in the order in which they were made first. A later rule's stands for an earlier one's.
    public List<Step> steps() {
        return new ArrayList<>(steps.values());
    }

    void assigned(String output, Assignment by, Application application, boolean fell, @Nullable Json value) {
        Source source = fell && by.fallback() != null ? by.fallback() : by.source();
        Rule rule = fell ? Rule.DEFAULT : by.rule();
        String then = fell ? "" : by.words();
        put(false, new Step(output, by.layer(), rule, source.taken(application), then, value));
    }

    /// The keys of that object are told one by one instead.
    void opened(String object) {
        steps.remove(new Place(false, object));
    }

    void copied(String object, String name, @Nullable Assignment by, Application application, Json value) {
        Layer layer = by == null ? null : by.layer();
        String from = by == null ? "" : by.source().taken(application);
        put(true, new Step(object + "." + name, layer, Rule.COPY, inside(from, name), "", value));
    }

    void spread(Spread by, String name, Json value) {
        String output = by.output() + "." + by.prefix() + name;
        put(true, new Step(output, by.layer(), Rule.SPREAD, inside(by.input().toString(), name), "", value));
    }

    void excluded(String output) {
        put(true, new Step(output, null, Rule.EXCLUDE, null, "", null));
    }

    /// The event goes under its own name.
    public void named(String output, Json name) {
        put(false, new Step(output, null, Rule.NAME, null, "", name));
    }

    private void put(boolean copied, Step step) {
        steps.put(new Place(copied, step.output()), step);
    }

    private static String inside(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
