package dev.waybill.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.cli.EditorSchema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An editor marks what people get wrong, and nothing that the reader takes.
class MistakesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            WAYBILL     | logs: {retention: 7d}                                     | property 'logs' is not defined
            WAYBILL     | log: {retain: 7d}                                         | property 'retain' is not defined
            WAYBILL     | log: {retention: 7 weeks}                                 | does not match the regex pattern
            WAYBILL     | log: {retention: 7}                                       | /log/retention
            WAYBILL     | log: {minFreeBytes: 5XB}                                  | /log/minFreeBytes
            WAYBILL     | log: [7d]                                                 | array found, [object, null] expected
            WAYBILL     | durability: fsynk                                         | /durability
            WAYBILL     | allowPrivateEndpoints: yes                                | /allowPrivateEndpoints
            WAYBILL     | admin: {port: 70000}                                      | must have a maximum value of 65535
            WAYBILL     | limits: {depth: 1}                                        | must have a minimum value of 2
            WAYBILL     | limits: {perWriteKey: fast}                               | /limits/perWriteKey
            WAYBILL     | trustedProxies: 10.0.0.7                                  | string found, [array, null] expected
            PIPELINE    | origins: []                                               | required property 'writeKey' not found
            PIPELINE    | writeKey:                                                 | /writeKey
            PIPELINE    | writeKey: 'wk:web'                                        | does not match the regex pattern
            PIPELINE    | {writeKey: a, integrations: [{integration: b}]}           | required property 'revision' not found
            PIPELINE    | {writeKey: a, integrations: [{integration: b, revision: 0}]} | must have a minimum value of 1
            PIPELINE    | {writeKey: a, integrations: [{integration: b, revision: 1, startFrom: noon}]} | startFrom
            PIPELINE    | {writeKey: a, consent: {scope: eu}}                       | /consent/scope
            INTEGRATION | note: x                                                   | required property 'kit' not found
            INTEGRATION | kit: kargo                                                | required property 'parameters' not found
            INTEGRATION | {kit: kargo, parameters: {}}                              | required property 'PARTNER_ID' not found
            INTEGRATION | {kit: kargo, parameters: {PARTNER_ID: a, PARTNERID: b}}   | property 'PARTNERID' is not defined
            INTEGRATION | {kit: kargo, parameters: {PARTNER_ID: a}, limits: {policy: cut}} | /limits/policy
            INTEGRATION | {kit: kargo, parameters: {PARTNER_ID: a}, delivery: {ratePerSecond: 0}} | minimum value of 0.01
            INTEGRATION | {kit: mine, parameters: {A: {b: c}}}                      | /parameters/A
            KIT         | name: mine                                                | required property 'title' not found
            KIT         | {parameters: [{name: A, kind: uri}]}                      | /parameters/0/kind
            KIT         | {request: {url: a, outputs: }}                            | /request/outputs
            KIT         | {request: {method: post}}                                 | /request/method
            KIT         | {request: {auth: {}}}                                     | /request/auth
            KIT         | {request: {auth: {bearer: A, basic: {user: B, password: C}}}} | /request/auth
            KIT         | {request: {auth: {basic: {user: B}}}}                     | required property 'password' not found
            KIT         | {request: {auth: {token: A, header: B}}}                  | has an error with dependencies
            KIT         | {request: {auth: {bearer: A, header: B}}}                 | has an error with dependencies
            KIT         | {request: {sign: {scheme: mine, secret: A}}}              | /request/sign/scheme
            KIT         | {identity: {output: a, usual: b}}                         | has an error with dependencies
            KIT         | {limits: {eventName: {length: 5}}}                        | required property 'output' not found
            KIT         | {verdict: {retry: [4x]}}                                  | /verdict/retry/0
            KIT         | {verdict: {body: [{path: a, means: retry}]}}              | /verdict/body/0
            INTEGRATION | {kit: webhook, parameters: {PARTNER_ID: a}}               | property 'PARTNER_ID' is not defined
            PLAYBOOK    | {events: {page: {mappings: [{output: a, input: b, transforms: [lowrcase]}]}}} | transforms/0
            PLAYBOOK    | {global: {mapping: []}}                                   | property 'mapping' is not defined
            PLAYBOOK    | {events: {page: {mappings: [{input: a}]}}}                | required property 'output' not found
            PLAYBOOK    | {global: {filters: [{name: a, allow: b, deny: c}]}}       | /global/filters/0
            PLAYBOOK    | {global: {filters: [{name: a}]}}                          | /global/filters/0
            PLAYBOOK    | {default: {unmapped: drop}}                               | /default/unmapped
            """)
    void a_mistake_is_marked(EditorSchema schema, String yaml, String fault) {
        assertThat(Validation.faults(schema, yaml))
                .anySatisfy(told -> assertThat(told).contains(fault));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            WAYBILL     | {}
            WAYBILL     | {log: {retention: '${RETENTION}', maxBytes: null}, durability: '${DURABILITY}'}
            WAYBILL     | {admin: {port: '${PORT}'}, allowPrivateEndpoints: '${PRIVATE}', limits: }
            WAYBILL     | {dedup: {window: 1.5 H}, limits: {eventBytes: 2048, batchBytes: 1 mb, perWriteKey: 100/s}}
            PIPELINE    | {writeKey: '${KEY}', integrations: [{integration: a, revision: '${REVISION}'}]}
            PIPELINE    | {writeKey: 123, integrations: [{integration: a, revision: 1, startFrom: 2026-11-01T00:00:00Z}]}
            INTEGRATION | {kit: kargo, parameters: {PARTNER_ID: 12, AUTH_TOKEN: '${secret:TOKEN}'}, playbook: }
            INTEGRATION | {kit: a-kit-of-my-own, parameters: {ANY: thing}}
            INTEGRATION | {kit: kargo, parameters: {PARTNER_ID: a}, delivery: {ratePerSecond: unlimited}}
            INTEGRATION | {kit: webhook}
            INTEGRATION | {kit: webhook, parameters: {ENDPOINT: https://a.example, SIGNING_SECRET: '${secret:A}'}}
            KIT         | {name: a, title: b, description: c, request: {url: d, auth: {bearer: A}, outputs: [{key: e}]}}
            KIT         | {name: a, title: b, description: c, request: {url: d, outputs: [{key: e}]}, verdict: {setup: [404, 3xx]}}
            PLAYBOOK    | {global: {mappings: [{output: a, input: b, transforms: [trim, {hash: md5}, {sum: }]}]}}
            PLAYBOOK    | {events: {My Event: {send: false, enrichments: [{output: params.a, value: 1.5}]}}}
            """)
    void what_the_reader_takes_is_not_marked(EditorSchema schema, String yaml) {
        assertThat(Validation.faults(schema, yaml)).isEmpty();
    }
}
