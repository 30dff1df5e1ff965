package dev.waybill.author;

import dev.waybill.decide.Decider;
import dev.waybill.dryrun.DryRun;
import dev.waybill.dryrun.FixtureLines;
import dev.waybill.fixture.DiffText;
import dev.waybill.fixture.Fixture;
import dev.waybill.fixture.FixtureFolders;
import dev.waybill.fixture.Verdict;
import dev.waybill.kit.Integration;
import dev.waybill.workspace.Pipeline;
import dev.waybill.workspace.Workspace;
import dev.waybill.workspace.Workspace.RevisionKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What the workspace's fixtures show with other revisions pinned, as `waybill test` would.
final class FixtureRun {
    private static final int MAX_LINES = 60;

    private FixtureRun() {}

    /// The fixtures that show something else than is expected, and didn't before.
    ///
    /// @param lanes the integrations of the pipeline that are looked at
    /// @throws IOException when `tests/` can't be listed
    static List<FixtureDifference> differences(
            Path dir, Workspace before, Workspace after, String pipeline, Set<String> lanes) throws IOException {
        FixtureFolders folders = new FixtureFolders(dir);
        DryRun now = run(before);
        DryRun then = run(after);
        Fixture.LaneFilter filter = (ofPipeline, integration) ->
                ofPipeline == null || (ofPipeline.equals(pipeline) && lanes.contains(String.valueOf(integration)));
        List<FixtureDifference> differing = new ArrayList<>();
        for (String name : folders.names()) {
            Fixture fixture = folders.read(name, false);
            if (fixture.problems().isEmpty()
                    && fixture.judge(FixtureLines.of(fixture.events(), then), filter)
                            instanceof Verdict.Differs differs) {
                List<String> diff = lines(differs);
                Verdict old = fixture.judge(FixtureLines.of(fixture.events(), now), filter);
                if (!(old instanceof Verdict.Differs known && lines(known).equals(diff))) {
                    differing.add(new FixtureDifference(name, diff.subList(0, Math.min(diff.size(), MAX_LINES))));
                }
            }
        }
        return differing;
    }

    private static List<String> lines(Verdict.Differs differs) {
        return DiffText.of(differs).stream().map(DiffText.Line::text).toList();
    }

    private static DryRun run(Workspace files) {
        List<DryRun.Lane> lanes = new ArrayList<>();
        for (String name : new TreeSet<>(files.pipelines().keySet())) {
            Pipeline pipeline = files.pipelines().get(name);
            for (Pipeline.Pin pin : pipeline == null ? List.<Pipeline.Pin>of() : pipeline.integrations()) {
                Integration integration = files.integrations().get(new RevisionKey(pin.integration(), pin.revision()));
                if (pipeline != null && integration != null) {
                    lanes.add(new DryRun.Lane(new Decider(pipeline, pin, integration), true));
                }
            }
        }
        return new DryRun(lanes, files.settings().limits());
    }
}
