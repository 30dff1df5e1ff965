package dev.waybill.api;

import dev.waybill.access.AuditLog;
import dev.waybill.access.Audited;
import dev.waybill.access.Permission;
import dev.waybill.decide.Decision;
import dev.waybill.decide.DecisionJson;
import dev.waybill.deliver.SendResult;
import dev.waybill.http.Refusal;
import dev.waybill.json.JsonObject;
import dev.waybill.json.PlainText;
import dev.waybill.kit.Integration;
import dev.waybill.onboard.ConnectionTest;
import dev.waybill.onboard.ConnectionTest.Labelled;
import dev.waybill.workspace.Workspace;
import dev.waybill.workspace.Workspace.RevisionKey;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Tries a saved revision's connection with one labelled event, or shows the request that would go out.
record ConnectRoutes(Supplier<Workspace> workspace, ConnectionTest test, AuditLog audit) {
    private static final int SHOWN = 2048;

    List<Route> routes() {
        return List.of(Route.post("integrations/{name}/{revision}/test", Permission.TRY, this::test));
    }

    private Answer test(Call call) {
        Arguments body = call.body();
        boolean dryRun = body.flag("dryRun");
        body.end();
        String name = call.variables().getFirst();
        String number = call.variables().get(1);
        Integration integration = integration(name, number);
        Labelled labelled = test.labelled(integration)
                .orElseThrow(() -> new Refusal(
                        409,
                        "nothing_to_send",
                        "%s, revision %s, sends none of the events that it maps when they carry no more than a label; send an event of the site instead"
                                .formatted(name, number)));
        JsonObject.Builder answer = DecisionJson.of(new Decision.Send(labelled.shown()), integration).toBuilder();
        if (dryRun) {
            return Answer.ok(answer.put("dryRun", true).build());
        }
        audit.record(call.caller().name(), Audited.TEST_SENT, "integrations/%s/%s".formatted(name, number), null, null);
        SendResult result = test.send(labelled);
        answer.put("dryRun", false)
                .put("verdict", result.verdict(integration).name().toLowerCase(Locale.ROOT))
                .put("milliseconds", TimeUnit.NANOSECONDS.toMillis(result.nanos()));
        switch (result) {
            case SendResult.Answered answered ->
                answer.put("status", answered.answer().status())
                        .put("answer", PlainText.harmless(answered.answer().body(), SHOWN));
            case SendResult.Failed failed -> answer.put("detail", PlainText.harmless(failed.message(), SHOWN));
        }
        return Answer.ok(answer.build());
    }

    private Integration integration(String name, String number) {
        Workspace running = workspace.get();
        Integration found = number.matches("[1-9][0-9]{0,8}")
                ? running.integrations().get(new RevisionKey(name, Integer.parseInt(number)))
                : null;
        if (found == null) {
            throw new Refusal(
                    404,
                    "unknown_revision",
                    "the workspace that runs has no revision %s of %s; GET /api/integrations lists all"
                            .formatted(PlainText.harmless(number, 20), PlainText.harmless(name, 100)));
        }
        return found;
    }
}
