package dev.waybill.mask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonPath;
import dev.waybill.json.JsonText;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MaskingTest {
    private static final String PUID = "0b8e7c1e-5d2f-4a3b-9c1d-2e3f4a5b6c7d";

    private final Masking masking = new Masking();

    private JsonObject masked(String event) {
        return masking.mask((JsonObject) JsonText.read(event.replace('\'', '"')));
    }

    private static String at(JsonObject event, String path) {
        Json found = JsonPath.parse(path).in(event);
        return found == null ? "(absent)" : found.asText() == null ? JsonText.write(found) : found.asText();
    }

    @Test
    void nothing_that_identifies_is_left_in_the_text() {
        List<String> identifying = List.of(
                "jane.doe@acme-corp.io",
                "Jane",
                "Doe",
                "+1 (555) 010-4477",
                "5550104477",
                "user-31337",
                PUID,
                "a1b2c3d4-e5f6-4711-8899-aabbccddeeff",
                "81.2.69.142",
                "2a00:1450:4001:82a::200e",
                "GCLID-xyz123",
                "12 High Street",
                "SW1A 1AA",
                "IDFA-7788-XX",
                "5d41402abc4b2a76b9719d911017c592",
                "jdoe_1987");
        JsonObject masked = masked("""
                {'type':'identify','userId':'user-31337','anonymousId':'a1b2c3d4-e5f6-4711-8899-aabbccddeeff',
                 'traits':{'email':'jane.doe@acme-corp.io','firstName':'Jane','lastName':'Doe','phone':'+1 (555) 010-4477',
                   'username':'jdoe_1987','name':'Jane Doe','hashed':'5d41402abc4b2a76b9719d911017c592',
                   'address':{'street':'12 High Street','postal_code':'SW1A 1AA','country':'GB'}},
                 'properties':{'note':'call 5550104477 or write to jane.doe@acme-corp.io','who':'user-31337 again'},
                 'context':{'ip':'81.2.69.142','v6':'from 2a00:1450:4001:82a::200e','device':{'advertisingId':'IDFA-7788-XX'},
                   'page':{'url':'https://s.example/u?gclid=GCLID-xyz123&em=jane.doe%40acme-corp.io&utm_source=mail#x',
                           'title':'Welcome, jdoe_1987!'},
                   'userAgent':'Mozilla/5.0 Chrome/120.0.0.0 Safari/537.36',
                   'providers':{'kargo':{'puid':'0b8e7c1e-5d2f-4a3b-9c1d-2e3f4a5b6c7d'}}}}""");

        String text = JsonText.write(masked);
        assertThat(identifying).allSatisfy(each -> assertThat(text).doesNotContain(each));
        assertThat(text).doesNotContain("jane.doe%40acme");
        assertThat(text).contains("Chrome/120.0.0.0", "utm_source=mail#x", "\"country\":\"GB\"", "call ", "Welcome, ");
    }

    @Test
    void a_number_is_masked_where_the_same_text_would_be() {
        JsonObject masked = masked("""
                {'type':'track','event':'x','userId':'12345678','timestamp':1795474800000,
                 'properties':{'cust_no':12345678,'contact':4915112345678,'hits':[12345678],'hash':12345678901234567890123456789012,
                   'hashed':'12345678901234567890123456789012','price':12345.75,'quantity':2,'seen_at':1795474800,'rank':-4915112345678}}""");

        assertThat(JsonText.write(masked)).doesNotContain("12345678", "4915112345678");
        assertThat(at(masked, "properties.cust_no"))
                .isEqualTo(at(masked, "userId"))
                .matches("[1-9][0-9]{7}");
        assertThat(at(masked, "properties.hits")).isEqualTo("[" + at(masked, "userId") + "]");
        assertThat(at(masked, "properties.contact")).matches("[1-9][0-9]{12}");
        assertThat(at(masked, "properties.hash"))
                .as("a number stays one, also where the text looks like a hash")
                .isEqualTo(at(masked, "properties.hashed"))
                .matches("[1-9][0-9]{31}");
        assertThat(at(masked, "properties.price")).isEqualTo("12345.75");
        assertThat(at(masked, "properties.quantity")).isEqualTo("2");
        assertThat(at(masked, "properties.seen_at")).isEqualTo("1795474800");
        assertThat(at(masked, "timestamp")).isEqualTo("1795474800000");
    }

    @Test
    void identifiers_of_other_systems_are_masked_where_segment_puts_them() {
        JsonObject masked = masked("""
                {'type':'track','event':'x','userId':'u',
                 'traits':{'avatar':'https://cdn.example/faces/jdoe.png','website':'https://jdoe.example','company':{'id':'initech-7'}},
                 'properties':{'customer_id':9876543,'order_id':'o-1','product':{'id':'kettle'},
                   'link':'https://s.example/customers/9876543?q=Jane%20Doe&r=Jane+Doe'},
                 'context':{'traits':{'name':'Jane Doe'},
                   'externalIds':[{'id':'CRM-4711','type':'crm_id','collection':'users','encoding':'none'}],
                   'amp':{'id':'amp-Zq81'},'referrer':{'id':'ABC582','type':'dataxu'},
                   'providers':{'ttd':{'id':'TTD-5512'},'liveramp':'XY-77','kargo':{'failure':'timeout','puid':'undefined'}}}}""");

        String text = JsonText.write(masked);
        assertThat(List.of("jdoe", "initech", "9876543", "Jane", "CRM-4711", "Zq81", "ABC582", "TTD-5512", "XY-77"))
                .allSatisfy(each -> assertThat(text).doesNotContain(each));
        assertThat(text)
                .contains(
                        "\"o-1\"",
                        "\"kettle\"",
                        "\"crm_id\"",
                        "\"users\"",
                        "\"dataxu\"",
                        "\"failure\":\"timeout\"",
                        "\"puid\":\"undefined\"");
    }

    @Test
    void the_same_text_becomes_the_same_fake_everywhere_in_a_capture_and_another_in_the_next() {
        String event = "{'userId':'user-31337','anonymousId':'user-31337','properties':{'x':'by user-31337'}}";

        JsonObject first = masked(event);
        JsonObject second = masked("{'userId':'user-31337'}");

        assertThat(at(first, "anonymousId")).isEqualTo(at(first, "userId"));
        assertThat(at(first, "properties.x")).isEqualTo("by " + at(first, "userId"));
        assertThat(at(second, "userId")).isEqualTo(at(first, "userId"));
        JsonObject other = new Masking().mask((JsonObject) JsonText.read(event.replace('\'', '"')));
        assertThat(at(other, "userId")).isNotEqualTo(at(first, "userId"));
    }

    @Test
    void fakes_keep_the_shape() {
        JsonObject masked = masked("""
                {'userId':'AbC-19/z','traits':{'phone':15551234567,'email':'someone@long-domain.example','zip':'01234'},
                 'context':{'ip':'81.2.69.142','ipv6':'2a00::1','location':{'latitude':-12.5},
                 'providers':{'kargo':{'puid':'%s'}}}}""".formatted(PUID));

        assertThat(at(masked, "userId")).matches("[A-F][a-f][A-F]-[0-9]{2}/[g-z]");
        assertThat(at(masked, "context.providers.kargo.puid"))
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-9[0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(at(masked, "traits.phone")).matches("[1-9][0-9]{10}");
        assertThat(at(masked, "traits.email")).hasSize(27).endsWith("@example.com");
        assertThat(at(masked, "traits.zip")).matches("[0-9]{5}");
        assertThat(at(masked, "context.ip")).matches("(192\\.0\\.2|198\\.51\\.100|203\\.0\\.113)\\.[0-9]+");
        assertThat(at(masked, "context.ipv6")).startsWith("2001:db8:");
        assertThat(at(masked, "context.location.latitude")).matches("-[0-9]{2}\\.[0-9]");
    }

    @Test
    void what_maps_an_event_stays_as_it_was() {
        String kept = """
                {'type':'track','event':'Order Completed','messageId':'m-1','receivedAt':'2026-11-23T08:00:00.123Z',
                 'timestamp':'2026-11-23T08:00:00.123456789Z','sentAt':'2026-11-23T08:00:00+02:00',
                 'properties':{'order_id':'o-1','total':30.00,'name':'Gooseneck kettle','sku':'KT','at':'1714000000000',
                   'ean':'v1.2.3','products':[{'name':'Kettle','product_id':'k'}],'nothing':null,'flag':true},
                 'context':{'library':{'name':'analytics.js'},'campaign':{'name':'spring'},
                   'consent':{'tcf':'CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA','gdprApplies':true}},
                 'integrations':{'All':true}}""".replace('\'', '"');

        assertThat(masked(kept)).isEqualTo(JsonText.read(kept));
    }

    @Test
    void what_says_that_there_is_no_identifier_goes_on_saying_so() {
        String junk =
                "{'userId':'undefined','anonymousId':'','context':{'providers':{'kargo':{'puid':'[object Object]'}}},"
                        + "'traits':{'email':null,'phone':'NaN','emailOptIn':'yes','hasPhone':true}}";

        assertThat(masked(junk)).isEqualTo(JsonText.read(junk.replace('\'', '"')));
    }

    @Test
    void an_identifier_that_is_a_word_of_the_event_does_not_break_it() {
        JsonObject masked =
                masked("{'type':'track','event':'track order','userId':'track','properties':{'track':'x'}}");

        assertThat(at(masked, "type")).isEqualTo("track");
        assertThat(at(masked, "event")).isEqualTo("track order");
        assertThat(at(masked, "properties.track")).isEqualTo("x");
        assertThat(at(masked, "userId")).isNotEqualTo("track");
    }

    @Test
    void identifiers_as_keys_are_masked() {
        assertThat(JsonText.write(masked("{'properties':{'jane@acme.io':1}}")))
                .doesNotContain("jane")
                .contains("@example.com\":1");
    }

    @Test
    void hostile_events_are_masked_quickly_and_stay_json() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String alphabet = "a1@.%+-:/?&=# ()0\u00e9\ud83d\ude00_";
        for (int round = 0; round < 5; round++) {
            JsonObject.Builder event = JsonObject.builder();
            for (int key = 0; key < 100; key++) {
                StringBuilder text = new StringBuilder();
                for (int i = 0; i < 300; i++) {
                    text.append(alphabet.charAt(random.nextInt(alphabet.length())));
                }
                event.put((key % 3 == 0 ? "email" : "k") + key, Json.of(text.toString()));
            }
            JsonObject masked = masking.mask(event.build());
            assertThat(masked.size()).as("seed %d", seed).isEqualTo(100);
            assertThat(JsonText.read(JsonText.write(masked)))
                    .as("seed %d", seed)
                    .isNotNull();
        }
        String long1 = "1".repeat(30_000);
        String long2 = "a@".repeat(15_000);
        assertThat(masked("{'x':'" + long1 + "','y':'" + long2 + "','z':'" + "?a=".repeat(10_000) + "'}"))
                .isNotNull();
    }
}
