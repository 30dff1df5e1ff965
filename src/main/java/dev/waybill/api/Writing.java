package dev.waybill.api;

import dev.waybill.author.EntityTag;
import dev.waybill.author.Finding;
import dev.waybill.author.FixtureDifference;
import dev.waybill.author.Refused;
import dev.waybill.author.Saved;
import dev.waybill.http.Body;
import dev.waybill.http.Refusal;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import io.helidon.http.HeaderNames;
import java.util.List;
import java.util.function.Supplier;

/// What requests that write files of the workspace have in common.
final class Writing {
    static final String ETAG = "ETag";
    private static final int MAX_BODY = 1 << 20;

    /// Deeper than any file, and shallow enough for every reader.
    private static final int DEEPEST = 60;

    private Writing() {}

    /// The body, a JSON object of at most 1 MiB.
    ///
    /// @throws Refusal 400 when it is none
    static JsonObject file(Call call) {
        JsonObject sent;
        try (Body body = call.bodies().read(call.request(), MAX_BODY)) {
            sent = Arguments.object(body.bytes());
        }
        if (depth(sent) > DEEPEST) {
            throw new Refusal(400, "too_deep", "the body is nested deeper than %d; a file is not".formatted(DEEPEST));
        }
        return sent;
    }

    private static int depth(Json value) {
        return switch (value) {
            case JsonObject object -> {
                int deepest = 0;
                for (var entry : object) {
                    deepest = Math.max(deepest, depth(entry.getValue()));
                }
                yield deepest + 1;
            }
            case Json.Arr(List<Json> items) ->
                1 + items.stream().mapToInt(Writing::depth).max().orElse(0);
            default -> 0;
        };
    }

    static EntityTag.Condition condition(Call call) {
        return EntityTag.Condition.of(
                String.join(",", call.request().headers().values(HeaderNames.IF_MATCH)),
                String.join(",", call.request().headers().values(HeaderNames.IF_NONE_MATCH)));
    }

    /// The answer to a save, or why there was none.
    static Answer answer(Supplier<Saved> save) {
        try {
            return saved(save.get());
        } catch (Refused refused) {
            return refused(refused);
        }
    }

    private static Answer saved(Saved saved) {
        JsonObject.Builder body = JsonObject.builder().put("name", saved.name());
        if (saved.revision() > 0) {
            body.put("revision", saved.revision());
        }
        body.put("path", saved.path())
                .put("etag", saved.etag())
                .put("inForce", saved.inForce())
                .put("warnings", findings(saved.warnings()));
        return new Answer.Whole(saved.created() ? 201 : 200, body.build()).with(ETAG, saved.etag());
    }

    static Answer refused(Refused refused) {
        JsonObject.Builder body = JsonObject.builder()
                .put("reason", refused.reason().text())
                .put("detail", JsonText.wellFormed(refused.detail()));
        if (refused.reason() == Refused.Reason.INVALID) {
            body.put("problems", findings(refused.problems()));
        }
        Refused.Draft draft = refused.draft();
        if (draft != null) {
            body.put("path", draft.path()).put("yaml", draft.yaml());
        }
        if (refused.reason() == Refused.Reason.FIXTURES_DIFFER) {
            body.put(
                    "fixtures",
                    new Json.Arr(
                            refused.fixtures().stream().<Json>map(Writing::json).toList()));
        }
        return new Answer.Whole(refused.reason().status(), body.build());
    }

    private static JsonObject json(FixtureDifference difference) {
        return JsonObject.builder()
                .put("name", difference.name())
                .put("diff", String.join("\n", difference.diff()))
                .build();
    }

    static Json findings(List<Finding> findings) {
        return new Json.Arr(findings.stream().<Json>map(Finding::json).toList());
    }
}
