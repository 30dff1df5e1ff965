package dev.waybill.onboard;

import dev.waybill.deliver.Inquiry.Outcome;
import dev.waybill.deliver.Inquiry.Outcome.Answered;
import dev.waybill.deliver.Inquiry.Outcome.Unanswered;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonPath;
import dev.waybill.json.JsonText;
import dev.waybill.json.PlainText;
import dev.waybill.kit.Kit;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;

/// Judges an ID endpoint's answer as a browser would for a page of one origin, and says what is wrong and what to do.
/// Pure; whatever the answer holds, the sentences are bounded and fit for a terminal.
///
/// @param integration whose endpoint it is
/// @param kit what the integration is made of
/// @param url of the endpoint
/// @param field where the identifier stands in the answer
/// @param browserTimeout how long `waybill.js` waits for it
record SyncJudge(String integration, Kit kit, String url, JsonPath field, Duration browserTimeout) {
    private static final String GUIDE = "see docs/kargo-id-sync.md";
    private static final int SHOWN = 100;

    SyncFinding judge(String origin, Outcome outcome) {
        return switch (outcome) {
            case Unanswered none ->
                new SyncFinding(integration, origin, 0, 0, "-", "-", "-", "-", List.of(unanswered(none)), List.of());
            case Answered answer -> new Reading(origin, answer).finding();
        };
    }

    private String unanswered(Unanswered none) {
        String what = "There is no answer: " + PlainText.harmless(none.message(), 400);
        return switch (none.kind()) {
            case REFUSED_ADDRESS -> what;
            case BAD_URL -> what + " Correct SYNC_URL of " + integration + ".";
            case DNS -> what + " Check the host name in SYNC_URL.";
            case TIMEOUT -> what + " Try again, also from another network; then ask " + representative() + ".";
            default -> what + " Check host and port in SYNC_URL and this machine's way out.";
        };
    }

    private String representative() {
        return "your " + kit.about().title() + " representative";
    }

    private static String shown(String text) {
        return "'" + PlainText.harmless(text, SHOWN) + "'";
    }

    /// One answer, read for one origin.
    private final class Reading {
        private final String origin;
        private final Answered answer;
        private final List<String> faults = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();

        Reading(String origin, Answered answer) {
            this.origin = origin;
            this.answer = answer;
        }

        SyncFinding finding() {
            long milliseconds = TimeUnit.NANOSECONDS.toMillis(answer.nanos());
            String allowOrigin = allowOrigin();
            String allowCredentials = allowCredentials();
            String identifier = status() ? identifier() : "-";
            String cookie = cookie();
            mixedContent();
            if (milliseconds > browserTimeout.toMillis()) {
                notes.add("It took %,d ms; browsers give up after sync.timeoutMs, %,d ms."
                        .formatted(milliseconds, browserTimeout.toMillis()));
            }
            return new SyncFinding(
                    integration,
                    origin,
                    answer.status(),
                    milliseconds,
                    allowOrigin,
                    allowCredentials,
                    identifier,
                    cookie,
                    faults,
                    notes);
        }

        private String allowOrigin() {
            List<String> allowed = answer.values("access-control-allow-origin");
            if (allowed.size() > 1) {
                faults.add(
                        "The answer has " + allowed.size() + " Access-Control-Allow-Origin headers, and browsers take"
                                + " only one: tell " + representative() + ".");
                return "several";
            }
            String value = allowed.isEmpty() ? "" : allowed.getFirst().strip();
            if (value.equals(origin)) {
                if (answer.values("vary").stream()
                        .noneMatch(vary -> vary.toLowerCase(Locale.ROOT).contains("origin"))) {
                    notes.add("The answer lacks Vary: Origin, so that a cache may give it to pages of another origin.");
                }
                return "exact";
            }
            if (value.isEmpty()) {
                faults.add(origin + " is not allow-listed: ask " + representative() + " to add it; " + GUIDE + ".");
                return "missing";
            }
            faults.add(
                    value.equals("*")
                            ? "The answer allows any origin (Access-Control-Allow-Origin: *), which browsers refuse for a"
                                    + " request with cookies: ask " + representative() + " to have it answer with "
                                    + origin + " itself."
                            : "The answer allows " + shown(value) + " and not " + origin + ": ask " + representative()
                                    + " to add it, to the letter; " + GUIDE + ".");
            return value.equals("*") ? "*" : "other";
        }

        private String allowCredentials() {
            List<String> allowed = answer.values("access-control-allow-credentials");
            if (allowed.size() == 1 && allowed.getFirst().strip().equals("true")) {
                return "true";
            }
            // An endpoint that doesn't know the origin says neither: one sentence is enough.
            if (!answer.values("access-control-allow-origin").isEmpty()) {
                faults.add("Access-Control-Allow-Credentials is "
                        + (allowed.isEmpty() ? "missing" : shown(String.join(", ", allowed)))
                        + " and must be 'true', else browsers hide the answer: tell " + representative() + ".");
            }
            return allowed.isEmpty() ? "missing" : "wrong";
        }

        /// Whether the status lets a page have the body.
        private boolean status() {
            int status = answer.status();
            if (status >= 200 && status < 300) {
                return true;
            }
            String what = "It answered " + status;
            faults.add(
                    switch (status) {
                        case 301, 302, 303, 307, 308 ->
                            what + " and points to "
                                    + shown(String.join(", ", answer.values("location")))
                                    + ", which was not followed: set SYNC_URL to the address that answers itself.";
                        case 401, 403 -> what + ": it refuses the request; ask " + representative() + " why.";
                        case 404, 405, 410 ->
                            what + ": there is no ID endpoint at this path; compare SYNC_URL with what "
                                    + representative() + " gave you.";
                        case 429 -> what + ": too many requests; try again later.";
                        default ->
                            status >= 500
                                    ? what + ": it fails; try again later."
                                    : what + ": it refuses a request without consent parameters; ask "
                                            + representative() + ".";
                    });
            return false;
        }

        private String identifier() {
            JsonObject body;
            try {
                if (!(JsonText.read(answer.body()) instanceof JsonObject object)) {
                    throw new IllegalArgumentException("no object");
                }
                body = object;
            } catch (JacksonException | IllegalArgumentException e) {
                faults.add("The body is " + (answer.body().isBlank() ? "empty" : "no JSON object") + "; expected is"
                        + " {\"" + field + "\":\"…\"}: compare SYNC_URL with what " + representative() + " gave you.");
                return "missing";
            }
            Json found = field.in(body);
            if (!(found instanceof Json.Str(String text)) || text.isBlank()) {
                faults.add("The body's '" + field + "' is "
                        + (found == null
                                ? "absent"
                                : found instanceof Json.Str ? "blank" : "no text (" + found.kind() + ")")
                        + ": ask " + representative()
                        + " what the endpoint answers to browsers that it doesn't know.");
                return "missing";
            }
            if (!kit.isUsualIdentifier(text)) {
                faults.add("The body's '" + field + "' is not shaped " + kit.usualIdentifier()
                        + ", and browsers don't keep such a one: ask " + representative() + ".");
                return "odd";
            }
            return "shaped";
        }

        private String cookie() {
            List<String> cookies = answer.values("set-cookie");
            if (cookies.isEmpty()) {
                notes.add(
                        "It sets no cookie: it may give a browser that it doesn't know another identifier each time.");
                return "none";
            }
            boolean crossSite = cookies.stream()
                    .map(cookie -> cookie.toLowerCase(Locale.ROOT).replace(" ", ""))
                    .anyMatch(cookie -> cookie.contains(";samesite=none") && cookie.contains(";secure"));
            if (!crossSite) {
                notes.add("Its cookie is not SameSite=None; Secure, so that browsers don't send it from your pages.");
            }
            return crossSite ? "set" : "same-site";
        }

        private void mixedContent() {
            if (origin.startsWith("https://") && url.toLowerCase(Locale.ROOT).startsWith("http://") && !isLoopback()) {
                faults.add(
                        "SYNC_URL begins with http://, which pages of https:// may not ask: use its https:// address.");
            }
        }

        private boolean isLoopback() {
            String host = String.valueOf(URI.create(url).getHost());
            return host.equals("localhost") || host.endsWith(".localhost") || host.startsWith("127.");
        }
    }
}
