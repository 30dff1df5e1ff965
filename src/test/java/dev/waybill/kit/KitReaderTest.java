package dev.waybill.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Problem;
import dev.waybill.config.Problems;
import dev.waybill.config.YamlFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class KitReaderTest {
    @Test
    void every_problem_of_a_malformed_kit_is_reported_at_once() {
        assertThat(problems("""
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
                          object: {keys: 20}
                        verdict:
                          delivered: [2xx, 99]
                          retry: [2xx]
                        """, "events: {x: {mappings: [{output: y, input: z}]}}"))
                .containsExactlyInAnyOrder(
                        "kit.yaml:1: 'title' is missing: its name for people",
                        "kit.yaml:2: titl: 'titl' is no known key here; allowed: batch, consent, description, docs,"
                                + " identity, limits, name, parameters, product, request, scope, source, sync, title, verdict."
                                + " Did you mean 'title'?",
                        "kit.yaml:5: parameters[0].pattern: found '[', no regular expression: Unclosed character class",
                        "kit.yaml:6: parameters[1]: 'name' is missing: such as PARTNER_ID",
                        "kit.yaml:6: parameters[1].kind: found 'link'; allowed: text, url.",
                        "kit.yaml:8: request: 'url' is missing: such as $$ENDPOINT$$",
                        "kit.yaml:9: request.outputs[0].kind: found 'string'; allowed: text, object, number, boolean,"
                                + " list, any.",
                        "kit.yaml:10: request.outputs[1]: 'key' is missing: a top-level key of the body",
                        "kit.yaml:11: request.auth: 'header' is missing: the parameter that names a header",
                        "kit.yaml:11: request.auth: 'query' is missing: the parameter that names a query key",
                        "kit.yaml:12: identity.maxLength: found '0'; allowed: a whole number from 1 to 100000",
                        "kit.yaml:12: identity.usual: found '(', no regular expression: missing closing )",
                        "kit.yaml:14: limits.eventName.length: found 'long'; allowed: a whole number from 1 to 100000",
                        "kit.yaml:15: limits.object: 'output' is missing: the object whose keys are limited",
                        "kit.yaml:17: verdict.delivered[1]: '99' is no status; allowed: such as 404, or 4xx for a class",
                        "kit.yaml:18: verdict.retry[0]: '2xx' stands under two verdicts; keep one",
                        "playbook.yaml:1: events.x.mappings[0].output: 'y' is no output of this kit; allowed: event.");
    }

    @Test
    void a_redirect_sync_names_its_parameter_and_what_is_replaced() {
        assertThat(problems("""
                        name: mine
                        title: Mine
                        description: My own.
                        parameters: [{name: SYNC, description: where browsers go}]
                        request: {url: 'https://x.example/', outputs: [{key: event}]}
                        sync:
                          redirect: {url: $$SYNK$$, parameter: 'r&', macro: '%UID%', macros: x}
                        """, "{}"))
                .containsExactlyInAnyOrder(
                        "kit.yaml:4: parameters[0]: nothing uses 'SYNC'; write $$SYNC$$ where its value belongs"
                                + " (request.url, a header, a default, sync.url, sync.redirect.url, the playbook), name it in"
                                + " request.auth or request.sign, or take it out",
                        "kit.yaml:7: sync.redirect.url: $$SYNK$$ is no parameter of this kit; allowed: SYNC. Did you mean"
                                + " 'SYNC'?",
                        "kit.yaml:7: sync.redirect.parameter: found 'r&'; allowed: letters, digits, _, . and -, at most 100",
                        "kit.yaml:7: sync.redirect.macro: found '%UID%'; allowed: visible ASCII without %, &, #, + and =,"
                                + " at most 100, such as $UID or {uid}",
                        "kit.yaml:7: sync.redirect.macros: 'macros' is no known key here; allowed: macro, parameter, url."
                                + " Did you mean 'macro'?");
    }

    @Test
    void parameters_that_go_in_a_circle_are_unknown_unused_or_told_twice_are_found() {
        assertThat(problems("""
                        name: odd
                        title: Odd
                        description: An odd one
                        parameters:
                          - {name: HOST, description: a host, default: '$$REGION$$.$$ZONE$$.example.com'}
                          - {name: REGION, description: a region, default: $$ZONE$$}
                          - {name: ZONE, description: a zone, default: 'z-$$HOST$$'}
                          - {name: SELF, description: itself, default: $$SELF$$}
                          - {name: LOST, description: lost}
                          - {name: LOST, description: twice}
                          - {name: 1ST, description: a name, default: '$$REGIO$$'}
                          - {name: KEY, description: a key, secret: true, default: k}
                          - {name: ENV, description: an environment, default: '${HOME}'}
                          - {name: URL, description: a URL, kind: url, default: 'ftp://x'}
                        request:
                          url: https://$$HOST$$/$$1ST$$/$$ENV$$?u=$$URL$$&$$KEYY$$&$$
                          sign: {scheme: standard-webhook, secret: ZONE}
                          auth: {basic: {user: KEY, pasword: KEY}, bearer: NONE}
                          outputs: [{key: event, required: true}, {key: event}, {key: a.b}]
                        """, ""))
                .containsExactlyInAnyOrder(
                        "kit.yaml:5: parameters[0]: the defaults go in a circle: HOST → REGION → ZONE → HOST; write one"
                                + " of them without the others",
                        "kit.yaml:8: parameters[3]: the defaults go in a circle: SELF → SELF; write one of them without"
                                + " the others",
                        "kit.yaml:9: parameters[4]: nothing uses 'LOST'; write $$LOST$$ where its value belongs"
                                + " (request.url, a header, a default, sync.url, sync.redirect.url, the playbook), name it in request.auth"
                                + " or request.sign, or take it out",
                        "kit.yaml:10: parameters[5].name: 'LOST' stands here twice; keep one",
                        "kit.yaml:11: parameters[6].name: found '1ST'; allowed: a letter, then letters, digits and _, at"
                                + " most 64",
                        "kit.yaml:11: parameters[6].default: $$REGIO$$ is no parameter of this kit; allowed: " + ALL
                                + ". Did you mean 'REGION'?",
                        "kit.yaml:12: parameters[7].default: a secret has no default: it would stand here for all to"
                                + " read; take it out",
                        "kit.yaml:12: parameters[7]: nothing uses 'KEY'; write $$KEY$$ where its value belongs"
                                + " (request.url, a header, a default, sync.url, sync.redirect.url, the playbook), name it in request.auth"
                                + " or request.sign, or take it out",
                        "kit.yaml:13: parameters[8].default: a default can't hold ${…}: values of the environment and"
                                + " secrets stand in an integration's parameters",
                        "kit.yaml:14: parameters[9].default: the value is no absolute http or https URL; allowed: such"
                                + " as https://host/path",
                        "kit.yaml:16: request.url: $$KEYY$$ is no parameter of this kit; allowed: " + ALL
                                + ". Did you mean 'KEY'?",
                        "kit.yaml:16: request.url: found"
                                + " 'https://$$HOST$$/$$1ST$$/$$ENV$$?u=$$URL$$&$$KEYY$$&$$'; a parameter's place is"
                                + " written $$NAME$$, with letters, digits and _",
                        "kit.yaml:17: request.sign.scheme: found 'standard-webhook'; allowed: standard-webhooks. Did you"
                                + " mean 'standard-webhooks'?",
                        "kit.yaml:17: request.sign.secret: the parameter 'ZONE' is shown to everybody; give it"
                                + " secret: true",
                        "kit.yaml:18: request.auth: bearer, basic and token exclude each other; keep one",
                        "kit.yaml:18: request.auth.basic: 'password' is missing: the parameter that holds the password",
                        "kit.yaml:18: request.auth.basic.pasword: 'pasword' is no known key here; allowed: password,"
                                + " user. Did you mean 'password'?",
                        "kit.yaml:18: request.auth.bearer: 'NONE' is no parameter of this kit; allowed: " + ALL
                                + ". Did you mean 'ZONE'?",
                        "kit.yaml:19: request.outputs[1].key: 'event' stands here twice; keep one",
                        "kit.yaml:19: request.outputs[2].key: found 'a.b'; an output is a top-level key, without a dot:"
                                + " make it an object");
    }

    @Test
    void what_does_not_go_together_is_found() {
        assertThat(problems("""
                        name: an odd one
                        title: Odd
                        description: An odd one
                        source: [Web, {x: 1}]
                        parameters: [{name: KEY, description: a key}]
                        request:
                          method: GTE
                          url: https://odd.example/$$KEY$$
                          headers: {Host: x, 'a b': c, X-Key: $$KEY$$, x-key: y}
                          body: jsn
                          auth: {}
                          outputs: [{key: id}, {key: data, kind: object}, {key: n, kind: number}]
                        identity: {output: data, usualName: any}
                        limits: {eventName: {output: n}, object: {output: daat}}
                        batch: {events: 0, bytes: 1TB, wait: 1h, refused: halve}
                        verdict:
                          setup: [401]
                          body:
                            - {path: status, means: refused, status: 2x}
                            - {path: a..b, equals: 1, exists: true, means: retry}
                            - {equals: [1], exists: false}
                        """, ""))
                .containsExactlyInAnyOrder(
                        "kit.yaml:1: name: found 'an odd one'; allowed: letters, digits, - and _, at most 64",
                        "kit.yaml:4: source[1]: found a mapping; a text belongs here",
                        "kit.yaml:7: request.method: found 'GTE'; allowed: GET, POST, PUT, PATCH. Did you mean 'GET'?",
                        "kit.yaml:9: request.headers.Host: Waybill sets the header 'host' itself; take it out",
                        "kit.yaml:9: request.headers.a b: found 'a b'; a header's name has letters, digits and -, such"
                                + " as x-api-key",
                        "kit.yaml:9: request.headers.x-key: the header 'x-key' stands here twice; keep one",
                        "kit.yaml:10: request.body: found 'jsn'; allowed: json, form, query. Did you mean 'json'?",
                        "kit.yaml:11: request.auth: says nothing; allowed: bearer, basic, or token with header and"
                                + " query",
                        "kit.yaml:13: identity.output: the output 'data' is an object, and a text belongs here; allowed:"
                                + " id",
                        "kit.yaml:13: identity: 'usual' is missing: a regular expression for the shape that 'usualName'"
                                + " tells of",
                        "kit.yaml:14: limits.eventName.output: the output 'n' is a number, and a text belongs here;"
                                + " allowed: id",
                        "kit.yaml:14: limits.object.output: 'daat' is no output of this kit; allowed: data. Did you mean 'data'?",
                        "kit.yaml:15: batch.events: found '0'; allowed: a whole number from 1 to 10000",
                        "kit.yaml:15: batch.bytes: found '1TB'; allowed: a size such as 32KiB, 512MB, 10GB or 1000"
                                + " (bytes)",
                        "kit.yaml:15: batch.wait: found '1h'; allowed: 10ms to 5m",
                        "kit.yaml:15: batch.refused: found 'halve'; allowed: split, reject.",
                        "kit.yaml:19: verdict.body[0].means: found 'refused'; allowed: delivered, retry, setup,"
                                + " rejected.",
                        "kit.yaml:19: verdict.body[0].status: '2x' is no status; allowed: such as 404, or 4xx for a"
                                + " class",
                        "kit.yaml:19: verdict.body[0]: says neither equals: VALUE nor exists: true; one of them belongs"
                                + " here",
                        "kit.yaml:20: verdict.body[1]: says both equals: VALUE and exists: true; one of them belongs"
                                + " here",
                        "kit.yaml:20: verdict.body[1].path: 'a..b' is no path: write keys joined by dots, such as"
                                + " context.page.url",
                        "kit.yaml:21: verdict.body[2]: 'path' is missing: keys into the answer's JSON, such as status or"
                                + " error.code",
                        "kit.yaml:21: verdict.body[2]: 'means' is missing: delivered, retry, setup or rejected",
                        "kit.yaml:21: verdict.body[2].exists: found 'false'; allowed: true, or equals: VALUE",
                        "kit.yaml:21: verdict.body[2].equals: found a list; a text, a number, true or false belongs"
                                + " here");
    }

    @Test
    void a_body_and_a_method_must_fit() {
        assertThat(problems("""
                        name: odd
                        title: Odd
                        description: An odd one
                        request: {method: GET, url: 'https://odd.example/', body: form, outputs: [{key: id}]}
                        batch:
                        """, ""))
                .containsExactly(
                        "kit.yaml:4: request.body: a GET request has no body; write body: query",
                        "kit.yaml:5: batch: events go together in a JSON body only; write request.body: json");
    }

    private static final String ALL = "HOST, REGION, ZONE, SELF, LOST, 1ST, KEY, ENV, URL";

    private static List<String> problems(String kit, String playbook) {
        Problems problems = new Problems();
        var read = KitReader.read(root("kit.yaml", kit), root("playbook.yaml", playbook), problems);
        assertThat(read.isEmpty()).isEqualTo(problems.hasErrors());
        return problems.sorted().stream().map(Problem::toString).toList();
    }

    private static ConfigNode root(String file, String text) {
        Problems problems = new Problems();
        return YamlFile.read(file, text, problems).orElseThrow(() -> new AssertionError(problems.sorted() + text));
    }
}
