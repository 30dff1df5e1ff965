package dev.waybill.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// One entry of the audit journal.
///
/// @param at milliseconds of the epoch
/// @param who a caller's name, or the file that was changed by hand
/// @param what the text of an [Audited]
/// @param subject what was changed
/// @param from what it was; null when there was nothing
/// @param to what it is now; null when there is nothing
public record AuditEntry(
        long at,
        String who,
        String what,
        String subject,
        @Nullable String from,
        @Nullable String to) {
    /// No text of an entry is longer, in characters: what is said there is short.
    static final int LONGEST = 300;

    public AuditEntry {
        who = cut(who);
        what = cut(what);
        subject = cut(subject);
        from = from == null ? null : cut(from);
        to = to == null ? null : cut(to);
    }

    private static String cut(String text) {
        if (text.length() <= LONGEST) {
            return JsonText.wellFormed(text);
        }
        return JsonText.wellFormed(text.substring(0, LONGEST - 1)) + "…";
    }

    byte[] payload() {
        return JsonText.bytes(JsonObject.builder()
                .put("who", who)
                .put("what", what)
                .put("subject", subject)
                .put("from", from)
                .put("to", to)
                .build());
    }

    /// Reads what [#payload] wrote; empty when it is none.
    static Optional<AuditEntry> of(long at, byte[] payload) {
        try {
            if (JsonText.read(new String(payload, UTF_8)) instanceof JsonObject json) {
                String who = json.text("who");
                String what = json.text("what");
                String subject = json.text("subject");
                if (who != null && what != null && subject != null) {
                    return Optional.of(new AuditEntry(at, who, what, subject, json.text("from"), json.text("to")));
                }
            }
        } catch (JacksonException odd) {
            // Not written by this version.
        }
        return Optional.empty();
    }
}
