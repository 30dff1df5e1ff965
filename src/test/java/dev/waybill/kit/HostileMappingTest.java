package dev.waybill.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.event.Event;
import dev.waybill.event.EventType;
import dev.waybill.event.HostileEvents;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The whole way from a hostile event to a request, through a playbook that uses all of the language.
class HostileMappingTest {
    private static final int EVENTS = 10_000;

    /// Each expression and each transform has a bound of its own; this is that of a whole playbook on a busy machine.
    private static final Duration BOUND = Duration.ofSeconds(1);

    private static final String INTEGRATION = """
            kit: kargo
            parameters: {PARTNER_ID: p-1, ENDPOINT: https://kargo.example/events}
            playbook:
              global:
                filters:
                  - {name: bombs, deny: "event.properties.text.matches('^(a+)+$') && event.properties.list.size() > 900"}
                mappings:
                  - {output: page_url, input: [context.page.url, properties.text], transforms: [trim, {substring: {length: 2000}}]}
                  - {output: client_referer, template: '{properties.text|none} of {properties.number|0}'}
                  - {output: params.a1, input: properties.text, transforms: [lowercase, {hash: sha256}]}
                  - {output: params.a2, input: properties.text, transforms: [uppercase]}
                  - {output: params.a3, input: properties.text, transforms: [normalizeEmail, {hash: md5}]}
                  - {output: params.a4, input: properties.text, transforms: [{normalizePhone: US}]}
                  - {output: params.a5, input: properties.text, transforms: [{regexReplace: {pattern: '(a+)+b?', with: '<$1>'}}]}
                  - {output: params.a6, input: properties.text, transforms: [{regexExtract: {pattern: '(x+x+)+y'}}], default: none}
                  - {output: params.a7, input: properties.text, transforms: [{split: 'a'}, {join: ','}]}
                  - {output: params.a8, input: properties.text, transforms: [{replace: {find: 'aa', with: 'bbbb'}}]}
                  - {output: params.a9, input: properties.text, transforms: [{urlPart: host}]}
                  - {output: params.b1, input: properties.text, transforms: [{urlPart: {query: q}}]}
                  - {output: params.b2, input: properties.number, transforms: [toRoundedInteger]}
                  - {output: params.b3, input: properties.number, transforms: [toFloat, {truncateFloat: 2}]}
                  - {output: params.b4, input: properties.number, transforms: [toString, toBoolean]}
                  - {output: params.b5, input: properties.list, transforms: [sum]}
                  - {output: params.b6, input: properties.list, transforms: [count]}
                  - {output: params.b7, input: 'properties.items[*].sku', transforms: [{join: ' '}]}
                  - {output: params.b8, input: properties.items, transforms: [{sum: price}]}
                  - {output: params.b9, input: properties.items, transforms: [{pluck: sku}, toJson]}
                  - {output: params.c1, input: properties.deep, transforms: [{flatten: _}, toJson]}
                  - {output: params.c2, input: properties.object, transforms: [toJson, {hash: sha512}]}
                  - {output: params.c3, input: $, transforms: [toJson, {hash: sha1}]}
                  - {output: params.c4, input: properties.time, transforms: [{toEpoch: seconds}]}
                  - {output: params.c5, input: properties.number, transforms: [{fromEpoch: millis}]}
                  - {output: params.c6, input: properties.any, transforms: [{lookup: {table: {a: 1}, default: 2}}]}
                  - {output: params.c7, expression: 'event.properties.list.filter(x, x in event.properties.other)'}
                  - {output: params.c8, expression: 'event.properties.object == event.properties.twin'}
                  - {output: params.c9, expression: event.properties.any, when: event.properties.number > 0}
                  - {output: params.d1, input: 'properties.items[-1].qty', required: false}
                  - {output: params.d2, template: '{properties.text} {properties.part} {properties.text}'}
                enrichments:
                  - {output: params.e1, timestamp: iso, of: happened}
                  - {output: params.e2, messageId: true, when: 'event.properties.text.contains(event.properties.part)'}
                spread:
                  - {output: params, input: properties.object, prefix: o_}
                  - {output: params, input: properties.deep}
                exclude: [twin, deep.d.d]
              default: {unmapped: pass}
            """;

    @Test
    void no_event_of_ten_thousand_makes_a_mapping_throw_take_long_or_break_a_limit() {
        long seed = new Random().nextLong();
        System.out.println("Mappings of hostile events, seed " + seed);
        Integration kargo = Kits.compiled(INTEGRATION, Kits.NO_VARIABLES);
        HostileEvents events = new HostileEvents(new SplittableRandom(seed));
        long worst = 0;
        int sent = 0;
        for (int i = 0; i < EVENTS; i++) {
            byte[] received = JsonText.bytes(events.next());
            worst = Math.max(worst, nanos(kargo, received));
            if (kargo.map(event(received)) instanceof Mapped.Deliver deliver) {
                sent++;
                check(
                        (JsonObject)
                                JsonText.read(JsonText.bytes(deliver.request().body())),
                        "event " + i);
            }
        }
        System.out.printf("  worst of %,d: %,d µs; %,d sent%n", EVENTS, worst / 1000, sent);
        assertThat(sent).isGreaterThan(EVENTS / 10);
        assertThat(Duration.ofNanos(worst)).isLessThan(BOUND);
    }

    /// From bytes to bytes.
    private static long nanos(Integration kargo, byte[] received) {
        long taken = Long.MAX_VALUE;
        for (int again = 0; again < 3 && taken > BOUND.toNanos() / 4; again++) {
            // The machine may have been busy with something else.
            long start = System.nanoTime();
            if (kargo.mapForSending(event(received)) instanceof Mapped.Deliver deliver) {
                JsonText.bytes(deliver.request().body());
            }
            taken = Math.min(taken, System.nanoTime() - start);
        }
        return taken;
    }

    private static Event event(byte[] received) {
        JsonObject json = (JsonObject) JsonText.read(received);
        EventType type = EventType.of(String.valueOf(json.text("type"))).orElseThrow();
        return new Event(type, "m-1", 0, false, null, json);
    }

    private static void check(JsonObject sent, String what) {
        for (int i = 0; i < sent.size(); i++) {
            assertThat(List.of("partner_id", "client_referer", "page_url", "event", "params"))
                    .as(what)
                    .contains(sent.name(i));
        }
        String name = Objects.requireNonNull(sent.text("event"));
        assertThat(name.codePointCount(0, name.length())).as(what).isBetween(1, 100);
        JsonObject params = Objects.requireNonNull(sent.object("params"));
        assertThat(params.text("lex_id")).as(what).isNotBlank();
        assertThat(params.size()).as(what).isLessThanOrEqualTo(20);
        for (int i = 0; i < params.size(); i++) {
            String key = params.name(i);
            String value = params.value(i) instanceof Json.Str(String text) ? text : JsonText.write(params.value(i));
            assertThat(params.value(i)).as(what).isNotEqualTo(Json.Null.INSTANCE);
            assertThat(key.codePointCount(0, key.length())).as(what).isLessThanOrEqualTo(100);
            assertThat(value.codePointCount(0, value.length())).as(what).isLessThanOrEqualTo(300);
        }
    }
}
