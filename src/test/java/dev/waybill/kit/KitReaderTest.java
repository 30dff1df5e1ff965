package dev.waybill.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.config.Problem;
import dev.waybill.config.Problems;
import dev.waybill.config.YamlFile;
import org.junit.jupiter.api.Test;

class KitReaderTest {
    @Test
    void every_problem_of_a_malformed_kit_is_reported_at_once() {
        Problems problems = new Problems();
        var kit = YamlFile.read("kit.yaml", """
                        name: odd
                        titl: Odd
                        description: An odd one
                        parameters:
                          - {name: KEY, description: a key, pattern: '['}
                          - {description: nameless, kind: link}
                        request:
                          outputs:
                            - {key: event, kind: string}
                            - {required: true}
                          auth: {token: KEY}
                        identity: {output: event, maxLength: 0, usual: '(', usualName: odd}
                        limits:
                          eventName: {output: event, length: long}
                        verdict:
                          delivered: [2xx, 99]
                          retry: [2xx]
                        """, problems).orElseThrow();
        var playbook = YamlFile.read("playbook.yaml", "events: {x: {mappings: [{output: y, input: z}]}}", problems)
                .orElseThrow();

        assertThat(KitReader.read(kit, playbook, problems)).isEmpty();
        assertThat(problems.sorted().stream().map(Problem::toString))
                .containsExactlyInAnyOrder(
                        "kit.yaml:1: 'title' is missing: its name for people",
                        "kit.yaml:2: titl: 'titl' is no known key here; allowed: description, docs, identity, limits,"
                                + " name, parameters, request, title, verdict. Did you mean 'title'?",
                        "kit.yaml:5: parameters[0]: '[' is no regular expression: Unclosed character class",
                        "kit.yaml:6: parameters[1]: 'name' is missing: such as PARTNER_ID",
                        "kit.yaml:6: parameters[1].kind: found 'link'; allowed: text, url.",
                        "kit.yaml:8: request: 'url' is missing: such as $$ENDPOINT$$",
                        "kit.yaml:9: request.outputs[0].kind: found 'string'; allowed: text, object.",
                        "kit.yaml:10: request.outputs[1]: 'key' is missing: a top-level key of the body",
                        "kit.yaml:11: request.auth: 'header' is missing: the parameter that names a header",
                        "kit.yaml:11: request.auth: 'query' is missing: the parameter that names a query key",
                        "kit.yaml:12: identity: the identifier stands in a key of an object output, such as"
                                + " params.lex_id; found 'event'",
                        "kit.yaml:12: identity.maxLength: found '0'; allowed: a whole number from 1 to 100000",
                        "kit.yaml:12: identity: '(' is no regular expression: Unclosed group",
                        "kit.yaml:14: limits.eventName.length: found 'long'; allowed: a whole number from 1 to 100000",
                        "kit.yaml:14: limits.object: 'output' is missing: the object whose keys are limited",
                        "kit.yaml:16: verdict: '99' is no status; allowed: such as 404, or 4xx for a class",
                        "kit.yaml:16: verdict: '2xx' stands under two verdicts; keep one",
                        "playbook.yaml:1: events.x.mappings[0].output: 'y' is no output of this kit; allowed: event.");
    }
}
