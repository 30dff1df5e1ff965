package dev.waybill.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.config.Problem;
import dev.waybill.config.Problems;
import dev.waybill.config.Section;
import dev.waybill.config.YamlFile;
import dev.waybill.json.JsonPath;
import dev.waybill.playbook.Output.Kind;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlaybookReaderTest {
    private static final RequestShape SHAPE = new RequestShape(
            List.of(
                    new Output("page_url", Kind.TEXT, false),
                    new Output("event", Kind.TEXT, true),
                    new Output("params", Kind.OBJECT, true)),
            "event",
            JsonPath.parse("params.lex_id"));

    @Test
    void every_problem_is_reported_at_once() {
        assertThat(problemsOf("""
                        globl: {}
                        global:
                          mappings:
                            - {output: page_ur, input: properties.url}
                            - {output: page_url, input: 'properties..url'}
                            - {output: event.name, input: properties.name}
                            - {output: params.lex_id.x, input: properties.x}
                            - {input: properties.y}
                            - {output: params.z, inputs: properties.z}
                            - {output: params.p, input: $$PARTNER_IDD$$}
                            - {output: params.lex_id, input: $$PARTNER_ID$$}
                          enrichments:
                            - {output: params, value: x}
                            - {output: params.a, value: [1]}
                            - {output: params.b, value: .inf}
                            - {output: params.c}
                            - {output: params.d, value: 1}
                            - {output: params.d, value: 2}
                          exclude: [a..b]
                          send: false
                        events:
                          Signed Up: {}
                          signed_up: {}
                          order_complete: {send: maybe}
                          '  ': {}
                        default: {unmapped: drop}
                        """))
                .containsExactly(
                        "p.yaml:1: globl: 'globl' is no known key here; allowed: default, events, global. Did you mean"
                                + " 'global'?",
                        "p.yaml:4: global.mappings[0].output: 'page_ur' is no output of this kit; allowed: page_url,"
                                + " event, params. Did you mean 'page_url'?",
                        "p.yaml:5: global.mappings[1].input: 'properties..url' is no path: write keys joined by dots,"
                                + " such as"
                                + " context.page.url, products[0].sku, products[*].sku or properties['odd.key']",
                        "p.yaml:6: global.mappings[2].output: 'event' is a text and has no keys of its own; write"
                                + " output: event",
                        "p.yaml:7: global.mappings[3].output: 'params.lex_id' is a text and has no keys of its own",
                        "p.yaml:8: global.mappings[4]: 'output' is missing: the key of the request to fill, such as"
                                + " params.total",
                        "p.yaml:9: global.mappings[5]: 'input' is missing: a mapping has exactly one of"
                                + " 'input', a path into the event such as properties.total, 'expression', in CEL, and"
                                + " 'template', such as '{properties.first} {properties.last}'",
                        "p.yaml:9: global.mappings[5].inputs: 'inputs' is no known key here; allowed: default,"
                                + " expression, input, output, required, template, transforms, when. Did you mean"
                                + " 'input'?",
                        "p.yaml:10: global.mappings[6].input: $$PARTNER_IDD$$ is no parameter of this kit; allowed:"
                                + " PARTNER_ID. Did you mean 'PARTNER_ID'?",
                        "p.yaml:11: global.mappings[7].output: 'params.lex_id' identifies a person and can't be the"
                                + " same for every event; map it from the event",
                        "p.yaml:13: global.enrichments[0].output: 'params' is an object; map it from an object of the"
                                + " event, or enrich params.<key>",
                        "p.yaml:14: global.enrichments[1].value: found a list; a text, a number, true or false belongs"
                                + " here",
                        "p.yaml:15: global.enrichments[2].value: found '.inf', no number of JSON; write it as one, or"
                                + " quote it as text",
                        "p.yaml:16: global.enrichments[3]: 'value' is missing: the constant to send: a text, a number,"
                                + " true or false; or write 'timestamp: iso', or 'messageId: true'",
                        "p.yaml:18: global.enrichments[5].output: 'params.d' is assigned twice in this section; keep one,"
                                + " or give the first a 'when'",
                        "p.yaml:19: global.exclude[0]: 'a..b' is no path: write keys joined by dots, such as"
                                + " context.page.url",
                        "p.yaml:20: global.send: 'send' is no known key here; allowed: enrichments, exclude, filters,"
                                + " mappings, spread.",
                        "p.yaml:23: events.signed_up: 'Signed Up' and 'signed_up' are the same event: names are"
                                + " compared in lower case, and spaces, '_' and '-' are alike; keep one",
                        "p.yaml:24: events.order_complete.send: found 'maybe'; allowed: true, false",
                        "p.yaml:24: warning: events.order_complete: 'order_complete' is read as a custom event, but"
                                + " the kit has 'order_completed'; if that is meant, write it so",
                        "p.yaml:25: events.  : an event's name can't be empty",
                        "p.yaml:26: default.unmapped: found 'drop'; allowed: filter, pass.");
    }

    @Test
    void a_filter_that_cannot_be_asked_is_a_problem() {
        String tooLong = "event.x == 1 || ".repeat(130) + "true";
        assertThat(problemsOf("""
                        global:
                          filters:
                            - {name: a, allow: 'true', deny: 'true'}
                            - {name: b}
                            - {deny: 'event.x == 1'}
                            - {name: c, deny: 'size(event.x)'}
                            - {name: d, deny: [1]}
                            - {name: e, deny: '%s'}
                        """.formatted(tooLong)))
                .containsExactly(
                        "p.yaml:3: global.filters[0]: a filter has either 'allow' or 'deny' with a condition, such as"
                                + " event.properties.test == true",
                        "p.yaml:4: global.filters[1]: a filter has either 'allow' or 'deny' with a condition, such as"
                                + " event.properties.test == true",
                        "p.yaml:5: global.filters[2]: 'name' is missing: what an event's detail says when this filter"
                                + " keeps it back",
                        "p.yaml:6: global.filters[3].deny: the condition gives a value of type int; it must give true or false",
                        "p.yaml:7: global.filters[4].deny: found a list; a condition in CEL belongs here",
                        "p.yaml:8: global.filters[5].deny: the expression has " + tooLong.length()
                                + " characters; allowed: 2000");
    }

    @Test
    void a_condition_that_is_no_CEL_is_a_problem() {
        assertThat(problemsOf("global: {filters: [{name: a, deny: 'event.x =='}, {name: b, deny: 'events.x == 1'}]}"))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("p.yaml:1: global.filters[0].deny: no valid CEL: "),
                        second -> assertThat(second)
                                .startsWith("p.yaml:1: global.filters[1].deny: no valid CEL: ")
                                .contains("undeclared reference to 'events'")
                                .endsWith("; it speaks of 'event', such as event.properties.test == true"));
    }

    @Test
    void a_connection_parameter_where_only_a_path_can_stand_is_a_problem() {
        assertThat(problemsOf("""
                        global:
                          mappings:
                            - {output: page_url, input: [properties.url, $$PARTNER_ID$$]}
                            - {output: params.a, template: '{$$PARTNER_ID$$}'}
                            - {output: params.b, template: '{properties.b|$$PARTNER$$}'}
                        """))
                .containsExactly(
                        "p.yaml:3: global.mappings[0].input[1]: '$$PARTNER_ID$$' is a connection parameter, no path into"
                                + " the event; it can stand alone as 'input', as 'default', or in the text of a"
                                + " template",
                        "p.yaml:4: global.mappings[1].template: '$$PARTNER_ID$$' is a connection parameter, no path"
                                + " into the event; it can stand alone as 'input', as 'default', or in the text of a"
                                + " template",
                        "p.yaml:5: global.mappings[2].template: $$PARTNER$$ is no parameter of this kit; allowed:"
                                + " PARTNER_ID.");
    }

    private static List<String> problemsOf(String yaml) {
        Problems problems = new Problems();
        Section root = Section.of(YamlFile.read("p.yaml", yaml, problems).orElseThrow(), problems);
        new PlaybookReader(SHAPE, List.of("PARTNER_ID"), Set.of("order_completed"), problems).read(root);
        return problems.sorted().stream().map(Problem::toString).toList();
    }
}
