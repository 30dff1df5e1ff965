package dev.waybill.lane;

import dev.waybill.decide.LaneFacts;
import dev.waybill.dedup.DedupIndex;
import dev.waybill.event.Event;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.suppress.Suppressions;
import dev.waybill.suppress.Suppressions.Kind;
import dev.waybill.suppress.Withdrawals;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a lane knows about the event at one position. Belongs to the lane's thread.
final class Facts implements LaneFacts {
    private final String pipeline;
    private final DedupIndex duplicates;
    private final Suppressions suppressions;
    private final Withdrawals withdrawals;
    private long sequence;

    Facts(String pipeline, DedupIndex duplicates, Suppressions suppressions, Withdrawals withdrawals) {
        this.pipeline = pipeline;
        this.duplicates = duplicates;
        this.suppressions = suppressions;
        this.withdrawals = withdrawals;
    }

    /// The facts for the event at that sequence of the log, until the next call.
    LaneFacts at(long sequence) {
        this.sequence = sequence;
        return this;
    }

    /// Whether the person of an event that was decided to be sent objects by now: is suppressed, or withdrew consent.
    boolean objects(Parcel parcel) {
        Event event = parcel.event();
        return suppressed(event, parcel.target().integration().identity(event))
                || withdrawn(event).isPresent();
    }

    /// Reports of an identifier that the event's browser made until then don't count, in milliseconds of the epoch: it
    /// withdrew consent then.
    long identifiersEndAt(Event event) {
        String anonymousId = event.anonymousId();
        return anonymousId == null
                ? Long.MIN_VALUE
                : withdrawals
                        .last(pipeline, anonymousId)
                        .map(Instant::toEpochMilli)
                        .orElse(Long.MIN_VALUE);
    }

    @Override
    public boolean duplicate(Event event) {
        return duplicates.isDuplicate(pipeline, event.messageId(), sequence, event.receivedAt());
    }

    @Override
    public boolean suppressed(Event event, @Nullable String identity) {
        return is(Kind.USER_ID, event.userId())
                || is(Kind.ANONYMOUS_ID, event.anonymousId())
                || is(Kind.PUID, identity)
                || carriesOther(event, identity);
    }

    /// Whether the event came with a suppressed identifier of whatever kit, sent or not, beside the one that was asked
    /// for.
    private boolean carriesOther(Event event, @Nullable String asked) {
        for (String puid : event.kitCookies().values()) {
            if (!puid.equals(asked) && is(Kind.PUID, puid)) {
                return true;
            }
        }
        JsonObject context = event.json().object("context");
        JsonObject providers = context == null ? null : context.object("providers");
        if (providers == null) {
            return false;
        }
        for (Map.Entry<String, Json> provider : providers) {
            String puid = provider.getValue() instanceof JsonObject told ? told.text("puid") : null;
            if (puid != null && !puid.equals(asked) && is(Kind.PUID, puid)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Optional<Instant> withdrawn(Event event) {
        String anonymousId = event.anonymousId();
        return anonymousId == null ? Optional.empty() : withdrawals.since(pipeline, anonymousId, event.receivedAt());
    }

    private boolean is(Kind kind, @Nullable String value) {
        return value != null && suppressions.contains(kind, value);
    }
}
