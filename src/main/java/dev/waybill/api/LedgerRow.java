package dev.waybill.api;

import dev.waybill.json.JsonObject;
import dev.waybill.ledger.LedgerView;
import dev.waybill.ledger.MissingCause;
import dev.waybill.metrics.Metrics;

/// A lane's row of the ledger as JSON.
///
/// @param metrics where the share of events without a consent signal is counted
/// @param since when that counting began: the server's start, in milliseconds of the epoch
record LedgerRow(Metrics metrics, long since) {
    JsonObject json(LedgerView row) {
        return JsonObject.builder()
                .put("pipeline", row.pipeline())
                .put("integration", row.integration())
                .put("revision", row.revision())
                .put("accepted", row.accepted())
                .put("delivered", row.delivered())
                .put("filtered", CountsJson.reasons(row.filtered()))
                .put("rejected", CountsJson.reasons(row.rejected()))
                .put("pending", row.pending())
                .put("state", row.state())
                .put("detail", row.detail())
                .put("missingIdentity", missing(row))
                .put("withoutConsentSignal", consent(row))
                .build();
    }

    /// `{"timeout":3,…}`, in the order of the causes' list.
    private static JsonObject missing(LedgerView row) {
        JsonObject.Builder json = JsonObject.builder();
        for (String cause : MissingCause.ALL) {
            Long count = row.missingIdentity().get(cause);
            if (count != null) {
                json.put(cause, count);
            }
        }
        return json.build();
    }

    private JsonObject consent(LedgerView row) {
        Metrics.Heard heard = metrics.heard(row.pipeline(), row.integration());
        return JsonObject.builder()
                .put("count", heard.silent())
                .put("of", heard.all())
                .put("since", Times.iso(since))
                .build();
    }
}
