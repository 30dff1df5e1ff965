package dev.waybill.decide;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.event.Event;
import dev.waybill.event.EventType;
import dev.waybill.log.LogRecord;
import dev.waybill.log.RecordHeader;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventReaderTest {
    private final EventReader reader = new EventReader(new FakeIntegration(_ -> FakeIntegration.DELIVER, true));

    @Test
    void only_what_the_decisions_and_the_integration_look_at_is_built() {
        Event event = read("""
                {'event':'Order Completed','userId':'u','anonymousId':'a','integrations':{'All':true},'sentAt':'s',
                 'originalTimestamp':'o','timestamp':'t','properties':{'total':30,'other':1},'extra':{'x':1},
                 'context':{'consent':{'gpc':false},'page':{'url':'https://x/','title':'T'},
                            'providers':{'kargo':{'puid':'p'},'else':{}},'library':{}}}""", Map.of(), null, null);

        assertThat(event.json()).hasToString("""
                        {'event':'Order Completed','userId':'u','anonymousId':'a','integrations':{'All':true},\
                        'sentAt':'s','originalTimestamp':'o','timestamp':'t','properties':{'total':30},\
                        'context':{'consent':{'gpc':false},'page':{'url':'https://x/'},\
                        'providers':{'kargo':{'puid':'p'},'else':{}}}}""".replace('\'', '"'));
    }

    @Test
    void what_the_collector_found_out_stands_beside_the_json() {
        RecordHeader header =
                new RecordHeader(EventType.TRACK, "m-1", "a", true, Map.of(), null, null, "2026-01-01T00:00:00Z");

        Event event = reader.read(new LogRecord(1234, header, "{\"type\":\"page\"}".getBytes(UTF_8)));

        assertThat(event.type()).isEqualTo(EventType.TRACK);
        assertThat(event.messageId()).isEqualTo("m-1");
        assertThat(event.receivedAt()).isEqualTo(1234);
        assertThat(event.globalPrivacyControl()).isTrue();
        assertThat(event.sentAt()).isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void a_batchs_context_lies_under_the_events_own_key_by_key() {
        Event event = read(
                "{'context':{'page':{'title':'own'}}}",
                Map.of(),
                "{'page':{'url':'https://batch/'},'consent':{'gpc':true},'library':{}}",
                "{'All':false}");

        assertThat(event.json())
                .hasToString("{'context':{'page':{},'consent':{'gpc':true}},'integrations':{'All':false}}"
                        .replace('\'', '"'));
    }

    @Test
    void what_can_not_be_consent_takes_nothing_away_from_what_the_batch_says_of_it() {
        for (String own : List.of(
                "{'context':{'consent':null}}",
                "{'context':{'consent':'junk'}}",
                "{'context':{'consent':[]}}",
                "{'context':null}",
                "{'context':'junk'}")) {
            assertThat(read(own, Map.of(), "{'consent':{'gpc':true}}", null).json())
                    .as(own)
                    .hasToString("{'context':{'consent':{'gpc':true}}}".replace('\'', '"'));
        }
        assertThat(read("{'integrations':{'All':null}}", Map.of(), null, "{'All':false}")
                        .json())
                .hasToString("{'integrations':{'All':false}}".replace('\'', '"'));
    }

    @Test
    void an_identifier_that_is_blank_or_what_scripts_write_for_none_counts_as_missing() {
        String filled = "{'context':{'providers':{'kargo':{'puid':'from-cookie'}}}}".replace('\'', '"');
        for (String junk : List.of("''", "' '", "'undefined'", "'null'", "5", "{}")) {
            String own = "{'context':{'providers':{'kargo':{'puid':" + junk + "}}}}";
            Event event = read(own, Map.of(), null, null);
            assertThat(reader.canJoin(event)).as(junk).isTrue();
            assertThat(reader.join(event, "from-cookie").json()).as(junk).hasToString(filled);
            assertThat(read(own, Map.of("kargo", "from-cookie"), null, null).json())
                    .as(junk)
                    .hasToString(filled);
        }
        Event lacking = read("{}", Map.of("kargo", "undefined"), null, null);
        assertThat(lacking.json()).hasToString("{}");
        assertThat(reader.canJoin(lacking)).isTrue();
    }

    @Test
    void the_kits_cookie_fills_a_missing_identifier_and_never_replaces_one() {
        Map<String, String> cookie = Map.of("kargo", "from-cookie", "other", "x");
        String filled = "{'context':{'providers':{'kargo':{'puid':'from-cookie'}}}}".replace('\'', '"');

        assertThat(read("{}", cookie, null, null).json()).hasToString(filled);
        assertThat(read("{'context':{'providers':{'kargo':{'puid':null}}}}", cookie, null, null)
                        .json())
                .hasToString(filled);
        assertThat(read("{'context':{'providers':'junk'}}", cookie, null, null).json())
                .hasToString(filled);
        assertThat(read("{'context':{'providers':{'kargo':{'puid':'own'}}}}", cookie, null, null)
                        .json())
                .hasToString("{'context':{'providers':{'kargo':{'puid':'own'}}}}".replace('\'', '"'));
    }

    @Test
    void a_record_without_a_json_object_is_told_apart() {
        assertThatThrownBy(() -> read("[1]", Map.of(), null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the record holds JSON, but no object");
        assertThatThrownBy(() -> read("{", Map.of(), null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the record holds no JSON: line 1, column");
    }

    private Event read(
            String json, Map<String, String> cookies, @Nullable String context, @Nullable String integrations) {
        RecordHeader header = new RecordHeader(
                EventType.TRACK,
                "m-1",
                "m-1",
                false,
                cookies,
                context == null ? null : context.replace('\'', '"'),
                integrations == null ? null : integrations.replace('\'', '"'),
                null);
        return reader.read(new LogRecord(0, header, json.replace('\'', '"').getBytes(UTF_8)));
    }
}
