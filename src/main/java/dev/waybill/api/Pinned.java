package dev.waybill.api;

import dev.waybill.decide.Decider;
import dev.waybill.journal.LaneKey;
import dev.waybill.kit.Integration;
import dev.waybill.workspace.Pipeline;
import dev.waybill.workspace.Workspace;
import java.util.Optional;

/// What a lane's pipeline pins now.
record Pinned(Pipeline pipeline, Pipeline.Pin pin, Integration integration) {
    /// Empty when the integration was removed from its pipeline.
    static Optional<Pinned> of(Workspace workspace, LaneKey lane) {
        Pipeline pipeline = workspace.pipelines().get(lane.pipeline());
        return pipeline == null
                ? Optional.empty()
                : pipeline.integrations().stream()
                        .filter(pin -> pin.integration().equals(lane.integration()))
                        .findFirst()
                        .flatMap(pin -> revision(workspace, pin.integration(), pin.revision())
                                .map(integration -> new Pinned(pipeline, pin, integration)));
    }

    /// A saved revision; empty when the workspace no longer has it.
    static Optional<Integration> revision(Workspace workspace, String integration, int revision) {
        return Optional.ofNullable(workspace.integrations().get(new Workspace.RevisionKey(integration, revision)));
    }

    Decider decider() {
        return new Decider(pipeline, pin, integration);
    }
}
