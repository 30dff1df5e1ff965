package dev.waybill.api;

import dev.waybill.consent.ConsentRules;
import dev.waybill.consent.Ruling;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.kit.Integration;
import dev.waybill.outcome.Notice;
import dev.waybill.playbook.Explanation;
import dev.waybill.workspace.Pipeline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a request is as it is, as JSON: which rule made which key, and what was decided before.
final class StepsJson {
    private static final String BUILT_IN = "built in";

    private StepsJson() {}

    /// One step for each key.
    ///
    /// @param notices what was changed afterwards to make the event fit
    static Json.Arr steps(Explanation explanation, List<Notice> notices) {
        return new Json.Arr(explanation.steps().stream()
                .<Json>map(step -> step(step, notices))
                .toList());
    }

    private static JsonObject step(Explanation.Step step, List<Notice> notices) {
        JsonObject.Builder json = JsonObject.builder()
                .put("output", step.output())
                .put("from", from(step))
                .put("rule", step.rule().text())
                .put("input", step.input())
                .put("then", step.then().isEmpty() ? null : step.then())
                .put("value", step.value() == null ? Json.Null.INSTANCE : step.value());
        List<Json> changed = notices.stream()
                .filter(notice -> notice.path().equals(step.output()))
                .<Json>map(notice -> Json.of(notice.code().code()))
                .toList();
        return json.put("notices", new Json.Arr(changed)).build();
    }

    /// Null of what is excluded: all sections add to that.
    private static @Nullable String from(Explanation.Step step) {
        if (step.rule() == Explanation.Rule.EXCLUDE) {
            return null;
        }
        return step.layer() == null ? BUILT_IN : step.layer().words();
    }

    /// What was decided about identity and consent, in words and as words of a list.
    static JsonObject decision(Identified identified, Pipeline pipeline, Integration integration) {
        Ruling consent = ConsentRules.explain(
                identified.event(),
                pipeline.consent().forIntegration(integration.consentCategories()),
                integration.consent());
        List<Json> signals = consent.signals().stream().<Json>map(Json::of).toList();
        return JsonObject.builder()
                .put("identity", identified.words())
                .put("identityFrom", identified.from().text())
                .put("consent", consent.words())
                .put("consentAllowed", consent.allowed())
                .put("consentRule", consent.rule())
                .put("consentSignals", new Json.Arr(signals))
                .build();
    }
}
