package dev.waybill.api;

import dev.waybill.decide.EventReader;
import dev.waybill.identity.Reports;
import dev.waybill.journal.Entry;
import dev.waybill.journal.LaneKey;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.kit.Integration;
import dev.waybill.kit.Mapped;
import dev.waybill.kit.MappedJson;
import dev.waybill.lane.ReportLookup;
import dev.waybill.log.LogRecord;
import dev.waybill.workspace.Pipeline;
import dev.waybill.workspace.Workspace;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What was sent and answered for one delivered event. Requests are not kept: this one is made again from the event as
/// it is kept, by the revision that sent it, which gives the same bytes; secrets stand as placeholders.
///
/// @param lexId the destination's identifier of the person, null when it can't be told
/// @param request null when it can't be made again
/// @param note why it can't; null when it can
record Evidence(
        String messageId,
        Entry.Decided decided,
        @Nullable String lexId,
        @Nullable JsonObject request,
        @Nullable String note) {

    /// Makes the evidence of the events of one lane.
    record Maker(Workspace workspace, LaneKey lane, Function<String, Reports> reports, long now) {
        Evidence of(LogRecord record, Entry.Decided decided) {
            String messageId = record.header().messageId();
            Optional<Integration> sender = Pinned.revision(workspace, lane.integration(), decided.revision());
            if (sender.isEmpty()) {
                String note = "revision %d is no longer in the workspace".formatted(decided.revision());
                return new Evidence(messageId, decided, null, null, note);
            }
            try {
                return made(messageId, record, decided, sender.get());
            } catch (RuntimeException unmappable) {
                String note = "the event can't be mapped again: "
                        + unmappable.getClass().getSimpleName();
                return new Evidence(messageId, decided, null, null, note);
            }
        }

        private Evidence made(String messageId, LogRecord record, Entry.Decided decided, Integration sender) {
            Pipeline pipeline = workspace.pipelines().get(lane.pipeline());
            Duration wait = pipeline == null ? Duration.ZERO : pipeline.identityWait();
            Identified identified = Identified.of(
                    sender,
                    new EventReader(sender),
                    record,
                    event -> new ReportLookup(reports.apply(lane.pipeline()))
                            .of(event, sender.kit(), wait, decided.at(), now));
            String lexId = sender.identity(identified.event());
            return switch (sender.map(identified.event())) {
                case Mapped.Deliver deliver ->
                    new Evidence(messageId, decided, lexId, MappedJson.request(deliver.request()), null);
                case Mapped.Stopped stopped ->
                    new Evidence(
                            messageId,
                            decided,
                            lexId,
                            null,
                            "what was laid on the event before it was sent can't be found again (%s)"
                                    .formatted(stopped.reason().code()));
            };
        }
    }

    JsonObject json() {
        return JsonObject.builder()
                .put("at", Times.iso(decided.at()))
                .put("event", decided.event())
                .put("messageId", messageId)
                .put("lexId", lexId)
                .put("request", request == null ? Json.Null.INSTANCE : request)
                .put("note", note)
                .put("status", decided.status())
                .put("answer", decided.answer())
                .put("revision", decided.revision())
                .build();
    }
}
