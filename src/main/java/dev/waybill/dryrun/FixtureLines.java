package dev.waybill.dryrun;

import dev.waybill.fixture.AnsweredLine;
import dev.waybill.fixture.ReceivedAt;
import dev.waybill.json.Json;
import dev.waybill.json.JsonText;
import java.util.ArrayList;
import java.util.List;

/// The lines of a fixture's events.
public final class FixtureLines {
    private FixtureLines() {}

    /// What becomes of the events of a fixture, by event, then by lane.
    public static List<AnsweredLine> of(List<Json> events, DryRun run) {
        List<AnsweredLine> lines = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            int number = i + 1;
            Json event = events.get(i);
            for (DryRun.Result result : run.decide(number, JsonText.bytes(event), ReceivedAt.of(event))) {
                DryRun.Lane lane = result.lane();
                lines.add(new AnsweredLine(
                        number,
                        lane == null ? null : lane.pipeline(),
                        lane == null ? null : lane.integration(),
                        result.line()));
            }
        }
        return lines;
    }
}
