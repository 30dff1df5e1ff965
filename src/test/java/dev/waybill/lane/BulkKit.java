package dev.waybill.lane;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Problems;
import dev.waybill.config.Variables;
import dev.waybill.config.YamlFile;
import dev.waybill.deliver.FakeDestination.Received;
import dev.waybill.kit.Integration;
import dev.waybill.kit.IntegrationCompiler;
import dev.waybill.kit.Kit;
import dev.waybill.kit.KitLibrary;
import dev.waybill.kit.KitReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A kit that sends orders in batches: `{"data":[{"id":"web-0","revision":"1"}, …]}`.
final class BulkKit {
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
    private static final Variables NONE = new Variables() {
        @Override
        public Optional<String> environment(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<String> secret(String name) {
            return Optional.empty();
        }
    };

    private BulkKit() {}

    /// A revision of the lane's integration.
    ///
    /// @param batch what the kit says of it, such as `batch: {events: 10}`
    /// @param more further lines of the integration's file
    static Integration revision(int revision, String endpoint, String batch, String more) {
        Problems problems = new Problems();
        Optional<Kit> kit =
                KitReader.read(root("kit.yaml", """
                        name: bulk
                        title: Bulk
                        description: Takes many events at once.
                        parameters:
                          - {name: ENDPOINT, description: where, kind: url, required: true}
                          - {name: REVISION, description: which}
                        request:
                          url: $$ENDPOINT$$
                          outputs: [{key: id, required: true}, {key: revision}]
                        """ + batch, problems), root("playbook.yaml", """
                        global:
                          mappings:
                            - {output: id, input: properties.order_id}
                            - {output: revision, input: $$REVISION$$}
                        default: {unmapped: pass}
                        """, problems), problems);
        ConfigNode file = root(revision + ".yaml", """
                        kit: bulk
                        parameters: {ENDPOINT: '%s', REVISION: '%d'}
                        %s
                        """.formatted(endpoint, revision, more), problems);
        return kit.map(found -> KitLibrary.builtIn().with(List.of(found), Set.of()))
                .flatMap(kits -> IntegrationCompiler.compile(kits, LaneRig.KARGO, revision, file, NONE, problems, true))
                .orElseThrow(
                        () -> new IllegalArgumentException(problems.sorted().toString()));
    }

    private static ConfigNode root(String file, String text, Problems problems) {
        return YamlFile.read(file, text, problems).orElseThrow();
    }

    /// The orders of a request.
    static List<String> ids(Received request) {
        return ID.matcher(request.body())
                .results()
                .map((MatchResult id) -> id.group(1))
                .toList();
    }
}
