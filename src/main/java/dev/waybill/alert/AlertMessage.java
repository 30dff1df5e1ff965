package dev.waybill.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.alert.Alert.State;
import dev.waybill.attention.Ending;
import dev.waybill.attention.Kind;
import dev.waybill.attention.Subject;
import dev.waybill.journal.LaneKey;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One message: `text` for Slack and people, the other keys for machines. Pure.
///
/// Texts hold names that strangers chose. Slack reads `<!channel>` and `<https://…|…>` as commands, so `&`, `<` and
/// `>` are escaped as it asks, what doesn't print is left out, and links are not unfolded.
///
/// @param id the same for the same news, so that a receiver can drop a repeat
record AlertMessage(String id, JsonObject body) {
    /// The text of one alert, and how many of them a message spells out; the rest is in the machines' keys.
    private static final int MAX_TEXT = 700;

    private static final int SPELT_OUT = 10;
    private static final int ID_LENGTH = 32;

    /// The message for what is due.
    ///
    /// @param due at least one
    static AlertMessage of(List<Alert> due, long now) {
        List<String> lines = new ArrayList<>();
        if (due.size() > 1) {
            lines.add("*Waybill: %d things to know*".formatted(due.size()));
        }
        due.stream().limit(SPELT_OUT).map(alert -> line(alert, due.size() == 1)).forEach(lines::add);
        if (due.size() > SPELT_OUT) {
            lines.add("… and %d more; the overview shows them all.".formatted(due.size() - SPELT_OUT));
        }
        StringBuilder news = new StringBuilder();
        due.forEach(alert -> news.append(alert.subject())
                .append(alert.state())
                .append(alert.since())
                .append('\n'));
        return message(
                id(news.toString()),
                String.join("\n", lines),
                due.stream().map(AlertMessage::json).toList(),
                now);
    }

    /// The message that somebody asked for to see whether they arrive.
    static AlertMessage test(long now) {
        JsonObject test = JsonObject.builder()
                .put("kind", "test")
                .put("state", "test")
                .put("severity", "low")
                .put("pipeline", (String) null)
                .put("integration", (String) null)
                .put("about", (String) null)
                .put("since", iso(now))
                .put("text", "This is a test.")
                .put("advice", "Nothing need be done.")
                .build();
        return message(
                id("test " + now),
                "*Waybill: a test* of the alerts. If you read this, they arrive; nothing need be done.",
                List.of(test),
                now);
    }

    private static AlertMessage message(String id, String text, List<JsonObject> alerts, long now) {
        return new AlertMessage(
                id,
                JsonObject.builder()
                        .put("text", text)
                        .put("unfurl_links", false)
                        .put("unfurl_media", false)
                        .put("id", id)
                        .put("at", iso(now))
                        .put("alerts", new Json.Arr(List.copyOf(alerts)))
                        .build());
    }

    private static String line(Alert alert, boolean alone) {
        Kind kind = alert.kind();
        String where = safe(alert.subject().where());
        if (alert.state() == State.RECOVERED) {
            Ending ending = alert.ended();
            return "*%s: %s* in %s: %s."
                    .formatted(ending.recovered() ? "Recovered" : "Over", kind.code(), where, safe(ending.text()));
        }
        String what = "*%s* in %s (%s): %s"
                .formatted(kind.code(), where, kind.severity().text(), safe(alert.text()));
        return alone ? what + "\nWhat to do: " + safe(alert.finding().advice()) : what;
    }

    private static JsonObject json(Alert alert) {
        LaneKey lane = alert.subject().lane();
        Kind kind = alert.kind();
        boolean over = alert.state() == State.RECOVERED;
        Ending ending = alert.ended();
        return JsonObject.builder()
                .put("kind", kind.code())
                .put("state", over ? ending.recovered() ? "recovered" : "over" : "firing")
                .put("severity", kind.severity().text())
                .put("pipeline", lane == null ? null : lane.pipeline())
                .put("integration", lane == null ? null : lane.integration())
                .put("about", about(alert.subject()))
                .put("since", iso(alert.since()))
                .put("text", cut(over ? ending.text() : alert.text()))
                .put("advice", alert.finding().advice())
                .build();
    }

    private static @Nullable String about(Subject subject) {
        return subject.about() == null || subject.about().isEmpty() ? null : cut(subject.about());
    }

    private static String safe(String text) {
        StringBuilder safe = new StringBuilder();
        cut(text).codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                default -> {
                    boolean prints = !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT;
                    safe.append(prints ? Character.toString(c) : " ");
                }
            }
        });
        return safe.toString();
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= MAX_TEXT
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MAX_TEXT)) + "…";
    }

    private static String iso(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static String id(String news) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(news.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, ID_LENGTH);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("Every JDK has SHA-256", impossible);
        }
    }
}
