package dev.waybill.api;

import dev.waybill.access.AuditJournal;
import dev.waybill.access.Audited;
import dev.waybill.access.Caller;
import dev.waybill.access.Permission;
import dev.waybill.access.Visitor;
import dev.waybill.json.JsonObject;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How the caller sees events: as they came, or with what identifies people masked. The one way of every answer that
/// tells of events. Belongs to one thread.
final class Sight {
    /// The parameter of a route's query by which a session asks for identifiers.
    static final String REVEAL = "reveal";

    private final @Nullable MaskedAnswer mask;

    private Sight(@Nullable MaskedAnswer mask) {
        this.mask = mask;
    }

    /// The sight of a call. The admin token in the request itself sees everything; a session only what it asks for by
    /// `reveal`, and each time is in the audit journal before anything is seen.
    ///
    /// @param reveal whether it asks
    /// @param subject what it looks at, for the journal
    /// @throws dev.waybill.http.Refusal 403 when it may not
    static Sight of(Call call, boolean reveal, AuditJournal audit, String subject) {
        if (call.visitor() instanceof Visitor.Token) {
            return new Sight(null);
        }
        if (!reveal) {
            return new Sight(new MaskedAnswer());
        }
        Caller caller = call.caller();
        Doorkeeper.require(caller, Permission.REVEAL);
        audit.record(caller.name(), Audited.REVEALED, subject, null, null);
        return new Sight(null);
    }

    boolean masked() {
        return mask != null;
    }

    /// An answer, or a row of one, about one event.
    JsonObject shown(JsonObject answer) {
        return shown(answer, () -> JsonObject.EMPTY);
    }

    /// As [#shown(JsonObject)].
    ///
    /// @param about what else is known of the event, so that it is masked too; asked for only when something is
    JsonObject shown(JsonObject answer, Supplier<JsonObject> about) {
        return mask == null ? answer : mask.of(answer, about.get());
    }
}
