package dev.waybill.api;

import dev.waybill.access.AuditJournal;
import dev.waybill.access.Audited;
import dev.waybill.access.Permission;
import dev.waybill.alert.Alert;
import dev.waybill.alert.AlertSettings;
import dev.waybill.alert.Alerts;
import dev.waybill.attention.Kind;
import dev.waybill.config.Nearest;
import dev.waybill.http.Refusal;
import dev.waybill.journal.LaneKey;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Where alerts go. The webhook's URL and its signing secret go in and never come out.
///
/// @param allowHttp whether the URL may be one without encryption
record AlertRoutes(Alerts alerts, AuditJournal audit, BooleanSupplier allowHttp) {
    private static final int SHOWN = 60;

    List<Route> routes() {
        return List.of(
                Route.get("alerts", this::show),
                Route.put("alerts", Permission.ADMIN, this::change),
                Route.delete("alerts", Permission.ADMIN, this::forget),
                Route.post("alerts/test", Permission.ADMIN, this::test));
    }

    private Answer show(Call call) {
        call.query().end();
        return Answer.ok(json(alerts.settings()).build());
    }

    private Answer change(Call call) throws IOException {
        AlertSettings before = alerts.settings();
        Arguments body = call.body();
        String url = url(body, before);
        String secret = secret(body);
        boolean enabled = body.value("enabled") == null ? before.enabled() : body.flag("enabled");
        Set<Kind> kinds = body.value("kinds") == null ? before.kinds() : kinds(body);
        body.end();
        // A secret that nobody has seen is shown once, now.
        boolean isNew = secret == null && before.secret() == null;
        String signs = secret != null ? secret : isNew ? AlertSettings.newSecret() : before.secret();
        AlertSettings next = new AlertSettings(url, signs, enabled, kinds);
        audit.record(call.caller().name(), Audited.ALERTS_CHANGED, "alerts", words(before), words(next));
        alerts.change(next);
        JsonObject.Builder json = json(next);
        return Answer.ok(isNew ? json.put("secret", signs).build() : json.build());
    }

    private @Nullable String url(Arguments body, AlertSettings before) {
        Json given = body.value("url");
        if (given == null) {
            if (before.url() == null) {
                body.problem("url is absent; give the URL of the webhook, such as https://hooks.slack.com/services/…");
            }
            return before.url();
        }
        String url = given.asText();
        if (url == null || url.isBlank()) {
            body.problem("url is of type %s; a string is allowed. DELETE /api/alerts forgets the webhook"
                    .formatted(given.kind()));
            return null;
        }
        AlertSettings.problemsOfUrl(url, allowHttp.getAsBoolean()).forEach(body::problem);
        return url;
    }

    private static @Nullable String secret(Arguments body) {
        Json given = body.value("secret");
        if (given == null) {
            return null;
        }
        String secret = given.asText();
        if (secret == null || !AlertSettings.isSecret(secret)) {
            body.problem("secret is not shown here; a string of 16 to 200 visible ASCII characters is allowed, or leave"
                    + " it out to keep the one there is");
            return null;
        }
        return secret;
    }

    private static Set<Kind> kinds(Arguments body) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        if (!(body.value("kinds") instanceof Json.Arr(List<Json> words))) {
            body.problem("kinds is no list; allowed: a list of %s".formatted(String.join(", ", Kind.codes())));
            return kinds;
        }
        for (Json word : words) {
            String code = word.asText() == null ? word.kind() : word.asText();
            Kind.of(code)
                    .ifPresentOrElse(
                            kinds::add,
                            () -> body.problem("kinds holds '%s'; allowed: %s.%s"
                                    .formatted(
                                            JsonText.wellFormed(code.substring(0, Math.min(code.length(), SHOWN))),
                                            String.join(", ", Kind.codes()),
                                            Nearest.hint(code, Kind.codes()))));
        }
        return kinds;
    }

    private Answer forget(Call call) throws IOException {
        AlertSettings before = alerts.settings();
        AlertSettings next = new AlertSettings(null, null, before.enabled(), before.kinds());
        audit.record(call.caller().name(), Audited.ALERTS_CHANGED, "alerts", words(before), words(next));
        alerts.change(next);
        return Answer.ok(json(next).build());
    }

    private Answer test(Call call) {
        call.body().end();
        try {
            Alerts.Tested tested = alerts.test();
            return Answer.ok(JsonObject.builder()
                    .put("sent", tested.sent())
                    .put("detail", tested.detail())
                    .put("answer", tested.answer())
                    .build());
        } catch (IllegalStateException none) {
            throw new Refusal(409, "no_webhook", String.valueOf(none.getMessage()));
        }
    }

    /// For the audit journal: without the secrets.
    private static String words(AlertSettings settings) {
        if (settings.url() == null) {
            return "no webhook";
        }
        return "%s%s, %s"
                .formatted(
                        settings.host(),
                        settings.enabled() ? "" : " (off)",
                        settings.kinds().stream().sorted().map(Kind::code).collect(Collectors.joining(" ")));
    }

    private JsonObject.Builder json(AlertSettings settings) {
        return JsonObject.builder()
                .put("host", settings.host())
                .put("secretSet", settings.secret() != null)
                .put("enabled", settings.enabled())
                .put("kinds", codes(settings.kinds().stream().sorted().toList()))
                .put("allKinds", codes(Arrays.asList(Kind.values())))
                .put(
                        "open",
                        new Json.Arr(alerts.open().stream()
                                .<Json>map(AlertRoutes::open)
                                .toList()))
                .put("last", last());
    }

    private static Json codes(List<Kind> kinds) {
        return new Json.Arr(
                kinds.stream().<Json>map(kind -> Json.of(kind.code())).toList());
    }

    private static JsonObject open(Alert alert) {
        LaneKey lane = alert.subject().lane();
        return JsonObject.builder()
                .put("kind", alert.subject().kind().code())
                .put("pipeline", lane == null ? null : lane.pipeline())
                .put("integration", lane == null ? null : lane.integration())
                .put("since", Times.iso(alert.since()))
                .put("text", alert.text())
                .put("told", alert.told())
                .build();
    }

    private Json last() {
        return alerts.last()
                .<Json>map(last -> JsonObject.builder()
                        .put("at", Times.iso(last.at()))
                        .put("result", last.result())
                        .put("detail", last.detail())
                        .build())
                .orElse(Json.Null.INSTANCE);
    }
}
