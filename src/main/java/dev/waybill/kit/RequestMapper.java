package dev.waybill.kit;

import dev.waybill.event.Event;
import dev.waybill.event.EventName;
import dev.waybill.event.EventType;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.outcome.Notice;
import dev.waybill.outcome.NoticeCode;
import dev.waybill.outcome.Reason;
import dev.waybill.playbook.Application;
import dev.waybill.playbook.Assignment;
import dev.waybill.playbook.Explanation;
import dev.waybill.playbook.ObjectPlan;
import dev.waybill.playbook.Plan;
import dev.waybill.playbook.Plans;
import dev.waybill.playbook.RequestShape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns an event into a request by a compiled playbook, in DESIGN's order of decisions: filters, unmapped or
/// disabled, identity, mapping, event name, limits. Pure and safe for threads.
///
/// @param target where the request goes
/// @param identityRule null when the destination needs no identifier
/// @param eventNameLength the longest output event name
/// @param batch how events go together, or null
/// @param reject whether an excess rejects the event instead of being trimmed
record RequestMapper(
        Plans plans,
        RequestShape shape,
        RequestTemplate.Target target,
        @Nullable IdentityRule identityRule,
        int eventNameLength,
        ObjectLimits limits,
        @Nullable BatchRule batch,
        boolean reject) {

    /// @param explanation gets what each rule did, or null when nobody asks
    Mapped map(Event event, @Nullable Explanation explanation) {
        Plan plan = plans.of(event);
        Application application = new Application(event, explanation);
        var filter = plan.stoppedBy(application);
        if (filter.isPresent()) {
            return stopped(Reason.RULE, filter.get().name());
        }
        if (plan.fate() != Plan.Fate.SEND) {
            boolean disabled = plan.fate() == Plan.Fate.DISABLED;
            return stopped(
                    disabled ? Reason.EVENT_DISABLED : Reason.UNMAPPED_EVENT, ObjectLimits.shown(event.countedName()));
        }
        if (identityRule == null) {
            return new Mapping(this, application, null).map(plan);
        }
        Assignment source = plan.identity().of(application);
        Json value = source == null ? null : source.value(application, String.valueOf(shape.identity()));
        String identity = identityRule.find(value, limits.unit());
        return identity == null
                ? stopped(
                        Reason.MISSING_IDENTITY,
                        identityRule.absence(event, source == null ? null : source.source(), value, limits.unit()))
                : new Mapping(this, application, identity).map(plan);
    }

    @Nullable
    String identity(Event event) {
        if (identityRule == null) {
            return null;
        }
        Json value = plans.of(event).identity().value(new Application(event), String.valueOf(shape.identity()));
        return identityRule.find(value, limits.unit());
    }

    private KitRequest request(JsonObject body) {
        return new KitRequest(
                target.method(),
                target.url(),
                target.headers(),
                batch == null ? body : batch.body(List.of(body)),
                target.encoding(),
                target.signing());
    }

    private static Mapped stopped(Reason reason, String detail) {
        return new Mapped.Stopped(reason, detail, List.of());
    }

    /// One event on its way through.
    private static final class Mapping {
        private final RequestMapper mapper;
        private final Application application;
        private final Event event;
        private final @Nullable String identity;
        private final List<Notice> notices;
        private final JsonObject.Builder body = JsonObject.builder();
        private JsonObject limited = JsonObject.EMPTY;
        private Mapped.@Nullable Stopped stopped;
        private String eventName = "";
        private String excesses = "";

        private Mapping(RequestMapper mapper, Application application, @Nullable String identity) {
            this.mapper = mapper;
            this.application = application;
            this.event = application.event();
            this.notices = application.notices();
            this.identity = identity;
            if (mapper.shape.eventName() == null) {
                eventName = ObjectLimits.shown(ownName());
            }
        }

        private Mapped map(Plan plan) {
            for (Plan.PlannedOutput output : plan.outputs()) {
                switch (output) {
                    case Plan.TextOutput text -> text(text);
                    case Plan.ValueOutput value -> value(value);
                    case Plan.ObjectOutput object -> object(object);
                }
                if (stopped == null && application.missing() != null) {
                    stopped = stopped(Reason.REQUIRED_MISSING, application.missing() + " is absent");
                }
                if (stopped != null) {
                    return stopped;
                }
            }
            if (!mapper.limits.unit().fits(eventName, mapper.eventNameLength)) {
                int length = mapper.limits.unit().length(eventName);
                return stopped(
                        Reason.EVENT_NAME_TOO_LONG,
                        length + " " + mapper.limits.unit().plural() + ", " + mapper.eventNameLength + " allowed");
            }
            if (!excesses.isEmpty()) {
                return stopped(Reason.LIMIT_EXCEEDED, excesses);
            }
            IdentityRule rule = mapper.identityRule;
            if (identity != null && rule != null && !rule.isUsual(identity)) {
                notices.add(new Notice(
                        NoticeCode.UNUSUAL_IDENTITY,
                        String.valueOf(mapper.shape.identity()),
                        "not shaped " + rule.usualName() + "; sent as it is"));
            }
            if (mapper.limits.output() != null) {
                DirectIdentifiers.look(event, mapper.limits.output(), limited, notices);
            }
            return new Mapped.Deliver(eventName, mapper.request(body.build()), notices);
        }

        private void text(Plan.TextOutput output) {
            Json value = source(output);
            String text = switch (value) {
                case Json.Str(String string) -> string;
                case Json.Num(String literal) -> literal;
                case Json.Bool bool -> bool == Json.Bool.TRUE ? "true" : "false";
                case null, default -> null;
            };
            if (output.required() && (text == null || text.isBlank())) {
                String found = value == null ? "absent" : text == null ? "an " + value.kind() : "empty";
                stopped = stopped(
                        Reason.REQUIRED_MISSING,
                        output.key() + " is " + found + (text == null && value != null ? ", not a text" : ""));
            } else if (text != null) {
                body.put(output.key(), value instanceof Json.Str ? value : new Json.Str(text));
                if (output.key().equals(mapper.shape.eventName())) {
                    eventName = text;
                }
            } else if (value != null) {
                notices.add(new Notice(
                        NoticeCode.VALUE_LEFT_OUT, output.key(), "found an " + value.kind() + "; a text belongs here"));
            }
        }

        private void value(Plan.ValueOutput output) {
            Json found = output.choice().value(application, output.key());
            Json value = found == null ? null : output.kind().fit(found);
            if (value != null) {
                body.put(output.key(), value);
            } else if (output.required()) {
                stopped = stopped(
                        Reason.REQUIRED_MISSING,
                        output.key() + " is "
                                + (found == null
                                        ? "absent"
                                        : article(found.kind()) + ", not "
                                                + output.kind().words()));
            } else if (found != null) {
                notices.add(new Notice(
                        NoticeCode.VALUE_LEFT_OUT,
                        output.key(),
                        "found " + article(found.kind()) + "; " + output.kind().words() + " belongs here"));
            }
        }

        private @Nullable Json source(Plan.TextOutput output) {
            Assignment assignment = output.choice().of(application);
            if (assignment != null) {
                return assignment.value(application, output.key());
            }
            if (!output.key().equals(mapper.shape.eventName())) {
                return null;
            }
            // An event that passes unmapped goes under its own name.
            Json name = new Json.Str(ownName());
            Explanation explanation = application.explanation();
            if (explanation != null) {
                explanation.named(output.key(), name);
            }
            return name;
        }

        private String ownName() {
            String name = event.name();
            return event.type() == EventType.TRACK && name != null
                    ? EventName.normalise(name)
                    : event.type().text();
        }

        private void object(Plan.ObjectOutput output) {
            ObjectPlan plan = output.plan();
            Json copied = plan.copied(application);
            if (copied != null && !(copied instanceof JsonObject)) {
                stopped = stopped(
                        Reason.MAPPING_FAILED,
                        output.key() + ": found a" + (copied instanceof Json.Arr ? "n " : " ") + copied.kind()
                                + "; an object belongs here");
                return;
            }
            JsonObject built = plan.build(copied instanceof JsonObject object ? object : JsonObject.EMPTY, application);
            String identityKey = mapper.shape.identityKey();
            if (identityKey != null && identity != null && output.key().equals(mapper.shape.identityObject())) {
                built = built.toBuilder().put(identityKey, identity).build();
            }
            if (output.key().equals(mapper.limits.output())) {
                built = withinLimits(built, plan);
                limited = built;
            }
            body.put(output.key(), built);
        }

        private static String article(String kind) {
            return (kind.startsWith("a") || kind.startsWith("o") ? "an " : "a ") + kind;
        }

        private JsonObject withinLimits(JsonObject built, ObjectPlan plan) {
            if (mapper.limits.holds(built)) {
                return built;
            }
            if (mapper.reject) {
                excesses = mapper.limits.excesses(built);
                return built;
            }
            return mapper.limits.trimmed(built, plan.assignedKeys(application), notices);
        }

        private static Mapped.Stopped stopped(Reason reason, String detail) {
            return new Mapped.Stopped(reason, detail, List.of());
        }
    }
}
