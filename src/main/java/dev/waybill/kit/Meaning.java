package dev.waybill.kit;

import dev.waybill.playbook.Choice;
import dev.waybill.playbook.ObjectPlan;
import dev.waybill.playbook.Plan;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a revision means, in words: two files that say the same in another order, with other comments or with a
/// default written out mean the same. Immutable; secrets stand as placeholders.
///
/// @param settings all but the playbook, by dotted key, such as `delivery.timeout`
/// @param events what becomes of each event, by the output's path or by a word such as `filters`; under [#OTHERS]
///     that of every event without a section
public record Meaning(SortedMap<String, String> settings, SortedMap<String, Map<String, String>> events) {
    /// The name for all events that have no section of their own; no event is named so, for a name has no spaces.
    public static final String OTHERS = "any other event";

    static Meaning of(
            String kit,
            Map<String, String> parameters,
            RequestMapper mapper,
            Iterable<String> categories,
            KitConsent consent) {
        SortedMap<String, String> settings = new TreeMap<>();
        settings.put("kit", kit);
        parameters.forEach((name, value) -> settings.put("parameters." + name, value));
        String names = String.join(", ", categories);
        if (!names.isEmpty()) {
            settings.put("consent.category", names);
        }
        if (consent.hasVendor()) {
            settings.put("consent.purposes", KitConsentReader.words(consent.purposes()));
        }
        settings.put("limits.policy", mapper.reject() ? "reject" : "trim");
        settings.put("limits.unit", mapper.limits().unit().plural());
        SortedMap<String, Map<String, String>> events = new TreeMap<>();
        mapper.plans().named().forEach((name, plan) -> events.put(name, of(plan)));
        events.put(OTHERS, of(mapper.plans().unmapped()));
        return new Meaning(settings, events);
    }

    /// With how it is sent.
    Meaning with(Delivery delivery, Duration maxEventAge) {
        SortedMap<String, String> all = new TreeMap<>(settings);
        all.put("delivery.concurrency", String.valueOf(delivery.concurrency()));
        all.put("delivery.maxInFlight", String.valueOf(delivery.maxInFlight()));
        all.put(
                "delivery.ratePerSecond",
                Double.isInfinite(delivery.ratePerSecond()) ? "unlimited" : String.valueOf(delivery.ratePerSecond()));
        all.put("delivery.timeout", words(delivery.timeout()));
        all.put("maxEventAge", words(maxEventAge));
        return new Meaning(all, events);
    }

    private static String words(Duration duration) {
        if (duration.toMillis() % 1000 != 0) {
            return duration.toMillis() + " ms";
        }
        long seconds = duration.toSeconds();
        return seconds % 3600 == 0 ? seconds / 3600 + " h" : seconds + " s";
    }

    private static Map<String, String> of(Plan plan) {
        Map<String, String> says = new LinkedHashMap<>();
        says.put(
                "outcome",
                switch (plan.fate()) {
                    case SEND -> "sent";
                    case DISABLED -> "kept back, send: false";
                    case UNMAPPED -> "kept back, unmapped";
                });
        if (!plan.filters().isEmpty()) {
            says.put(
                    "filters",
                    plan.filters().stream()
                            .map(filter -> filter.name() + " (" + filter.description() + ")")
                            .collect(Collectors.joining("; ")));
        }
        if (plan.fate() != Plan.Fate.SEND) {
            return says;
        }
        for (Plan.PlannedOutput output : plan.outputs()) {
            switch (output) {
                case Plan.TextOutput text -> put(says, text.key(), text.choice());
                case Plan.ValueOutput value -> put(says, value.key(), value.choice());
                case Plan.ObjectOutput(String _, ObjectPlan object) -> of(object, says);
            }
        }
        says.merge("identifier", plan.identity().description(), (_, own) -> own);
        if (plan.identity().assignments().isEmpty()) {
            says.remove("identifier");
        }
        return says;
    }

    private static void of(ObjectPlan object, Map<String, String> says) {
        put(says, object.key(), object.source());
        object.spreads()
                .forEach(spread -> says.merge(
                        object.key() + " spread", spread.description(), (before, next) -> before + "; " + next));
        object.assigned().forEach(one -> put(says, one.output(), one.choice()));
        if (!object.exclude().isEmpty()) {
            says.put(
                    object.key() + " exclude",
                    object.exclude().stream().map(Object::toString).sorted().collect(Collectors.joining(", ")));
        }
    }

    private static void put(Map<String, String> says, String output, Choice choice) {
        if (!choice.assignments().isEmpty()) {
            says.put(output, choice.description());
        }
    }
}
