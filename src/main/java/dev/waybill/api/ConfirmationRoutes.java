package dev.waybill.api;

import dev.waybill.access.AuditLog;
import dev.waybill.access.Audited;
import dev.waybill.access.Permission;
import dev.waybill.http.Refusal;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.PlainText;
import dev.waybill.onboard.Confirmation;
import dev.waybill.onboard.Confirmations;
import dev.waybill.workspace.Workspace;
import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The word of the destination's people that an integration's events arrive.
record ConfirmationRoutes(
        Supplier<Workspace> workspace, Confirmations confirmations, AuditLog audit, InstantSource clock) {
    private static final int LONGEST_NAME = 200;

    List<Route> routes() {
        return List.of(
                Route.get("integrations/{name}/confirmation", this::show),
                Route.put("integrations/{name}/confirmation", Permission.DEPLOY, this::keep));
    }

    private Answer show(Call call) {
        call.query().end();
        return Answer.ok(json(known(call)));
    }

    private Answer keep(Call call) throws IOException {
        String name = known(call);
        Arguments body = call.body();
        String by = body.text("by");
        if (body.value("by") == null) {
            body.problem("by is required: who at the destination said so");
        } else if (by != null && by.length() > LONGEST_NAME) {
            body.problem("by has %d characters; at most %d are allowed".formatted(by.length(), LONGEST_NAME));
        }
        LocalDate date = date(body);
        String note = body.text("note");
        body.end();
        if (by == null || date == null) {
            throw new IllegalStateException("what is missing was refused");
        }
        Confirmation word = new Confirmation(
                by, date, note == null ? "" : note, call.caller().name());
        String who = call.caller().name();
        String subject = "integrations/" + name;
        try {
            confirmations.keep(
                    name,
                    word,
                    before -> audit.record(
                            who,
                            Audited.CONFIRMATION_CHANGED,
                            subject,
                            before.map(ConfirmationRoutes::words).orElse(null),
                            words(word)));
        } catch (IOException e) {
            audit.record(who, Audited.NOT_WRITTEN, subject, null, e.getMessage());
            throw e;
        }
        return Answer.ok(json(name));
    }

    private @Nullable LocalDate date(Arguments body) {
        String text = body.text("date");
        if (text == null) {
            if (body.value("date") == null) {
                body.problem("date is required: the day of the confirmation, such as 2026-11-25");
            }
            return null;
        }
        try {
            LocalDate date = LocalDate.parse(text);
            // Somewhere on earth it is tomorrow already.
            if (date.isAfter(
                    LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(1))) {
                body.problem("date is %s, which is yet to come".formatted(date));
            }
            return date;
        } catch (DateTimeParseException odd) {
            body.problem("date is '%s'; a day such as 2026-11-25 belongs here".formatted(PlainText.harmless(text, 40)));
            return null;
        }
    }

    private static String words(Confirmation word) {
        return "%s, %s".formatted(PlainText.harmless(word.by(), LONGEST_NAME), word.date());
    }

    private String known(Call call) {
        String name = call.variables().getFirst();
        if (workspace.get().integrations().keySet().stream()
                .noneMatch(key -> key.integration().equals(name))) {
            throw new Refusal(
                    404,
                    "unknown_integration",
                    "the workspace that runs has no integration %s; GET /api/integrations lists all"
                            .formatted(PlainText.harmless(name, 100)));
        }
        return name;
    }

    private JsonObject json(String name) {
        return JsonObject.builder()
                .put("integration", name)
                .put("confirmed", confirmed(confirmations, name))
                .build();
    }

    /// The word about an integration, or null.
    static Json confirmed(Confirmations confirmations, String name) {
        return confirmations.of(name).<Json>map(Confirmations::json).orElse(Json.Null.INSTANCE);
    }
}
