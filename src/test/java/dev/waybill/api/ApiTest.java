package dev.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the API shows of five events: one delivered, its repeat, one without identity, one refused, one of a custom
/// name.
class ApiTest {
    private static final String ODD_ID = "a/b c+d%é";
    private static TestServer server;

    @BeforeAll
    static void five_events(@TempDir Path directory) throws Exception {
        server = new TestServer(directory);
        server.track("m-1", "Order Completed", "u-1", "{\"order_id\":4711,\"total\":30}");
        server.track("m-1", "Order Completed", "u-1", "{\"order_id\":4711,\"total\":30}");
        server.send(
                "{\"messageId\":\"m-2\",\"event\":\"Product Viewed\",\"anonymousId\":\"a-2\",\"writeKey\":\"wk_web\","
                        + "\"context\":{\"providers\":{\"kargo\":{\"failure\":\"http\"}},\"consent\":{\"usp\":\"1YNN\"}}}");
        server.track("m-3", "product-viewed", "u-3", "{\"note\":\"refuse this\"}");
        server.track(ODD_ID, "=cmd()", "u-4", "{}");
        server.awaitDrained(5);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/ledger",
        "GET, /api/ledger/series",
        "GET, /api/events",
        "GET, /api/events/m-1",
        "GET, /api/events/names",
        "GET, /api/dead-letters",
        "GET, /api/dead-letters/web~kargo-main~3",
        "POST, /api/dead-letters/replay",
        "GET, /api/replays",
        "GET, /api/replays/r1",
        "POST, /api/lanes/web/kargo-main/replay",
        "POST, /api/lanes/web/kargo-main/pause",
        "POST, /api/lanes/web/kargo-main/resume",
        "POST, /api/suppress",
        "GET, /api",
        "GET, /api/no-such-route",
        "DELETE, /api/ledger",
    })
    void nothing_is_told_without_the_token(String method, String path) throws Exception {
        for (String token : List.of("", "wrong", server.token() + "x")) {
            TestServer.Answer answer =
                    server.call(method, path, "", token, "*/*").mustBe(401);
            assertThat(answer.json().text("reason")).isEqualTo("unauthorized");
            assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer");
            assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
            assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/ledger, GET",
        "GET, /api/suppress, POST",
        "DELETE, /api/events/m-1, GET",
        "POST, /api/events/names, GET",
        "PUT, /api/dead-letters/replay, 'GET, POST'",
        "GET, /api/lanes/web/kargo-main/pause, POST",
    })
    void another_method_is_told_the_right_one(String method, String path, String allowed) throws Exception {
        TestServer.Answer answer =
                server.call(method, path, "", server.token(), "*/*").mustBe(405);
        assertThat(answer.headers().firstValue("allow")).contains(allowed);
        assertThat(answer.json().text("reason")).isEqualTo("method_not_allowed");
    }

    @Test
    void an_unknown_route_is_404() throws Exception {
        assertThat(server.get("/api/legder").mustBe(404).json().text("reason")).isEqualTo("not_found");
    }

    @Test
    void the_ledger_balances_and_names_the_reasons() throws Exception {
        TestServer.Answer answer = server.get("/api/ledger/").mustBe(200);
        JsonObject lane = answer.list("lanes").getFirst();
        assertThat(lane.text("pipeline")).isEqualTo("web");
        assertThat(lane.text("integration")).isEqualTo("kargo-main");
        assertThat(TestServer.number(lane, "accepted")).isEqualTo(5);
        assertThat(TestServer.number(lane, "delivered")).isEqualTo(1);
        assertThat(String.valueOf(lane.get("filtered")))
                .isEqualTo("{\"duplicate\":1,\"unmapped_event\":1,\"missing_identity\":1}");
        assertThat(String.valueOf(lane.get("rejected"))).isEqualTo("{\"refused_by_destination\":1}");
        assertThat(TestServer.number(lane, "pending")).isZero();
        assertThat(lane.text("state")).isEqualTo("running");
        assertThat(String.valueOf(lane.get("missingIdentity"))).isEqualTo("{\"http\":1}");
        assertThat(String.valueOf(lane.get("withoutConsentSignal"))).startsWith("{\"count\":3,\"of\":4,\"since\":\"2");
        assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
    }

    @Test
    void the_series_add_up_to_the_ledger() throws Exception {
        for (String span : List.of("minutes=60", "days=2&zone=America/New_York", "days=1", "")) {
            JsonObject lane = server.get("/api/ledger/series?" + span)
                    .mustBe(200)
                    .list("lanes")
                    .getFirst();
            long accepted = 0;
            long viewed = 0;
            for (JsonObject row : TestServer.list(lane, "rows")) {
                accepted += TestServer.number(row, "accepted");
                viewed += TestServer.in(row, "events.product_viewed.accepted") instanceof Json.Num(String n)
                        ? Long.parseLong(n)
                        : 0;
            }
            assertThat(accepted).as(span).isEqualTo(5);
            assertThat(viewed).as(span).isEqualTo(2);
        }
        JsonObject lane = server.get("/api/ledger/series?minutes=3")
                .mustBe(200)
                .list("lanes")
                .getFirst();
        assertThat(TestServer.list(lane, "rows")).hasSize(3);
    }

    @Test
    void the_series_are_csv_that_no_spreadsheet_takes_for_formulas() throws Exception {
        TestServer.Answer answer =
                server.getCsv("/api/ledger/series?minutes=60").mustBe(200);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("text/csv");
        List<String> lines = answer.body().lines().toList();
        assertThat(lines.getFirst()).isEqualTo("start,pipeline,integration,event,outcome,reason,events");
        assertThat(lines)
                .anyMatch(line -> line.endsWith(",web,kargo-main,order_completed,filtered,duplicate,1"))
                .anyMatch(line -> line.endsWith(",web,kargo-main,order_completed,delivered,,1"))
                .anyMatch(line -> line.endsWith(",web,kargo-main,'=cmd(),filtered,unmapped_event,1"))
                .noneMatch(line -> line.contains(",=cmd()"));
    }

    @Test
    void days_as_csv_say_their_date_in_the_zone_that_was_asked_for() throws Exception {
        ZoneId zone = ZoneId.of("Pacific/Kiritimati");
        List<String> lines = server.getCsv("/api/ledger/series?days=2&zone=" + zone)
                .mustBe(200)
                .body()
                .lines()
                .toList();
        assertThat(lines.getFirst()).isEqualTo("start,pipeline,integration,event,outcome,reason,events,day");
        String line = lines.stream()
                .filter(each -> each.contains(",order_completed,delivered,,1,"))
                .findFirst()
                .orElseThrow();
        String day = line.substring(line.lastIndexOf(',') + 1);
        assertThat(line)
                .startsWith(LocalDate.parse(day).atStartOfDay(zone).toInstant() + ",web,kargo-main,order_completed,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ledger/series?minutes=0 | minutes is '0'; a whole number from 1 to 1500 is allowed",
                "ledger/series?days=401 | days is '401'; a whole number from 1 to 400 is allowed",
                "ledger/series?days=1&minutes=1 | minutes and days are both given; give one of them",
                "ledger/series?zone=UTC | zone goes with days only; minutes are the same everywhere",
                "ledger/series?days=1&zone=America/NewYork | zone is 'America/NewYork'; allowed: a name such as America/New_York, or an offset such as -05:00. Did you mean 'America/New_York'?",
                "ledger/series?pipeline=wib | pipeline is 'wib'; allowed: web. Did you mean 'web'?",
                "events?outcome=sent | outcome is 'sent'; allowed: delivered, filtered, rejected, pending.",
                "events?limit=1001 | limit is '1001'; a whole number from 1 to 1000 is allowed",
                "events?user=u-1&reason=x | user is not known here; known: anonymousId, before, event, from, integration, limit, outcome, pipeline, q, reason, reveal, to, userId, within.",
                "events?from=yesterday | from is 'yesterday'; allowed: a time such as 2026-11-23T08:00:00Z or 2026-11-23T03:00:00-05:00, a date such as 2026-11-23 (its start in UTC), or milliseconds of the epoch",
                "events?q=order_id | q is no path:value; write keys joined by dots, a colon and the value, such as properties.order_id:4711",
                "events?before=x | before is no cursor; give the next of the page before, as it is",
                "events?pipeline=web&pipeline=web | pipeline is given twice; give it once",
                "dead-letters?before=-1 | before is no cursor; give the next of the page before, as it is",
                "dead-letters?from=2026-01-02&to=2026-01-01 | from is not before to; give a range of at least a millisecond",
            })
    void a_wrong_parameter_is_told_with_what_is_allowed(String path, String detail) throws Exception {
        TestServer.Answer answer = server.get("/api/" + path).mustBe(400);
        assertThat(answer.json().text("reason")).isEqualTo("bad_parameter");
        assertThat(answer.json().text("detail")).contains(detail);
    }

    @Test
    void all_that_is_wrong_is_told_at_once() throws Exception {
        assertThat(server.get("/api/events?limit=x&outcome=x&from=x&nonsense=1")
                        .mustBe(400)
                        .json()
                        .text("detail"))
                .contains("limit is", "outcome is", "from is", "nonsense is not known");
    }

    @Test
    void the_newest_events_come_first_with_what_became_of_them() throws Exception {
        TestServer.Answer answer = server.get("/api/events?pipeline=&event=").mustBe(200);
        assertThat(answer.list("events").stream().map(event -> event.text("messageId")))
                .containsExactly(ODD_ID, "m-3", "m-2", "m-1", "m-1");
        assertThat(answer.json().get("complete")).isEqualTo(Json.Bool.TRUE);
        assertThat(answer.number("scanned")).isEqualTo(5);
        JsonObject refused = answer.list("events").get(1);
        JsonObject lane = TestServer.list(refused, "lanes").getFirst();
        assertThat(lane.text("integration")).isEqualTo("kargo-main");
        assertThat(lane.text("outcome")).isEqualTo("rejected");
        assertThat(lane.text("reason")).isEqualTo("refused_by_destination");
        assertThat(TestServer.number(lane, "status")).isEqualTo(400);
        assertThat(TestServer.number(lane, "attempts")).isEqualTo(1);
        assertThat(lane.text("answer")).contains("not today");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "event=PRODUCT%20viewed | m-3 m-2",
                "outcome=delivered | m-1",
                "outcome=pending | ''",
                "reason=duplicate | m-1",
                "outcome=filtered&reason=missing_identity&pipeline=web&integration=kargo-main | m-2",
                "outcome=delivered&reason=duplicate | ''",
                "userId=u-3 | m-3",
                "anonymousId=a-2 | m-2",
                "q=properties.order_id:4711 | m-1 m-1",
                "q=properties.order_id:471 | ''",
                "q=properties.note:refuse+this | m-3",
                "from=2020-01-01&to=2020-01-02T00:00:00%2B01:00 | ''",
                "from=2020-01-01&userId=u-1 | m-1 m-1",
            })
    void filters_find_what_they_say(String query, String expected) throws Exception {
        assertThat(server.get("/api/events?" + query).mustBe(200).list("events").stream()
                        .map(event -> event.text("messageId"))
                        .toList())
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected.split(" ", -1)));
    }

    @Test
    void a_search_goes_on_where_its_page_ended() throws Exception {
        StringBuilder found = new StringBuilder();
        @Nullable String next = "";
        int pages = 0;
        while (next != null) {
            TestServer.Answer page =
                    server.get("/api/events?limit=2&before=" + next).mustBe(200);
            page.list("events")
                    .forEach(event -> found.append(event.text("messageId")).append(' '));
            next = page.json().text("next");
            pages++;
        }
        assertThat(found.toString().strip()).isEqualTo(ODD_ID + " m-3 m-2 m-1 m-1");
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void one_event_is_shown_whole_with_its_repeats() throws Exception {
        TestServer.Answer answer = server.get("/api/events/m-1").mustBe(200);
        JsonObject trace = answer.json();
        assertThat(TestServer.in(trace, "received.properties.order_id")).isEqualTo(Json.of(4711));
        assertThat(TestServer.in(trace, "header.partitionKey")).isEqualTo(Json.of("u-1"));
        JsonObject lane = TestServer.list(trace, "lanes").getFirst();
        assertThat(lane.text("outcome")).isEqualTo("delivered");
        assertThat(String.valueOf(lane.get("history"))).contains("\"status\":200", "\"what\":\"delivered\"");
        assertThat(TestServer.in(lane, "mapped.request.body.partner_id")).isEqualTo(Json.of("p-1"));
        assertThat(answer.list("repeats")).hasSize(1);
        assertThat(String.valueOf(answer.list("repeats").getFirst().get("lanes")))
                .contains("duplicate");
        assertThat(trace.get("complete")).isEqualTo(Json.Bool.TRUE);
    }

    @Test
    void an_id_of_any_characters_is_found_when_it_is_encoded() throws Exception {
        assertThat(server.get("/api/events/a%2Fb%20c+d%25%C3%A9")
                        .mustBe(200)
                        .json()
                        .text("event"))
                .isEqualTo("=cmd()");
    }

    @Test
    void an_event_that_is_not_kept_is_404() throws Exception {
        JsonObject answer = server.get("/api/events/m-9").mustBe(404).json();
        assertThat(answer.text("reason")).isEqualTo("unknown_event");
        assertThat(answer.text("detail")).isEqualTo("no event of that messageId is kept");
    }

    @Test
    void a_dead_letter_is_listed_and_shown_whole() throws Exception {
        TestServer.Answer answer = server.get("/api/dead-letters?reason=refused_by_destination&event=Product+Viewed")
                .mustBe(200);
        JsonObject row = answer.list("deadLetters").getFirst();
        assertThat(row.text("id")).isEqualTo("web~kargo-main~3");
        assertThat(row.text("messageId")).isEqualTo("m-3");
        assertThat(String.valueOf(answer.json().get("counts"))).isEqualTo("{\"refused_by_destination\":1}");
        assertThat(server.get("/api/dead-letters?reason=expired").mustBe(200).list("deadLetters"))
                .isEmpty();
        JsonObject whole =
                server.get("/api/dead-letters/web~kargo-main~3").mustBe(200).json();
        assertThat(whole.text("answer")).isEqualTo("{\"error\":\"not today\"}");
        assertThat(TestServer.in(whole, "received.messageId")).isEqualTo(Json.of("m-3"));
        assertThat(String.valueOf(whole.get("request"))).contains("refuse this");
        assertThat(server.get("/api/dead-letters/web~kargo-main~9")
                        .mustBe(404)
                        .json()
                        .text("detail"))
                .isEqualTo("there is no dead letter of that id; an id looks like web~kargo-main~123");
    }

    @Test
    void an_unknown_lane_is_404_with_the_nearest_name() throws Exception {
        assertThat(server.post("/api/lanes/web/kargo-mian/pause", "")
                        .mustBe(404)
                        .json()
                        .text("detail"))
                .isEqualTo("there is no lane 'web/kargo-mian'; known: web/kargo-main. Did you mean 'web/kargo-main'?");
    }

    @Test
    void a_lane_is_paused_and_resumed() throws Exception {
        assertThat(server.post("/api/lanes/web/kargo-main/pause", "")
                        .mustBe(200)
                        .json()
                        .text("state"))
                .isEqualTo("paused");
        assertThat(server.post("/api/lanes/web/kargo-main/resume", "{}")
                        .mustBe(200)
                        .json()
                        .text("state"))
                .isEqualTo("running");
    }

    @Test
    void metrics_are_open_on_loopback_in_the_text_format() throws Exception {
        TestServer.Answer answer = server.call("GET", "/metrics", "", "", "*/*").mustBe(200);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("text/plain; version=0.0.4");
        assertThat(answer.body()).contains("waybill_lane_pending{");
        server.call("POST", "/metrics", "", "", "*/*").mustBe(405);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | bad_parameter | the body names nobody; give at least one of userId, anonymousId, puid",
                "{\"email\":\"x\"} | bad_parameter | email is not known here; known: anonymousId, puid, userId.",
                "{\"userId\":7} | bad_parameter | userId is 7; a string of 1 to 1000 characters is allowed",
                "[] | not_an_object | the body is of type array; send a JSON object",
                "{ | invalid_json | line 1, column",
            })
    void a_wrong_suppression_is_refused(String body, String reason, String detail) throws Exception {
        JsonObject answer = server.post("/api/suppress", body).mustBe(400).json();
        assertThat(answer.text("reason")).isEqualTo(reason);
        assertThat(answer.text("detail")).contains(detail);
    }

    @Test
    void a_body_over_64_kib_is_refused() throws Exception {
        assertThat(server.post("/api/suppress", "{\"userId\":\"" + "x".repeat(70_000) + "\"}")
                        .mustBe(413)
                        .json()
                        .text("reason"))
                .isEqualTo("too_large");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | from and to are required",
                "{\"from\":2,\"to\":1} | from is not before to",
                "{\"from\":1,\"to\":2,\"outcome\":\"pending\"} | outcome is 'pending'; allowed: delivered, filtered, rejected.",
                "{\"from\":1,\"to\":2,\"outcome\":\"delivered\"} | includeDelivered is not true",
                "{\"from\":1,\"to\":2,\"outcome\":\"filtered\",\"reason\":\"expired\"} | no filtered event has the reason expired: that one means rejected",
                "{\"from\":1,\"to\":2,\"reason\":\"expird\"} | Did you mean 'expired'?",
            })
    void a_wrong_range_is_refused(String body, String detail) throws Exception {
        assertThat(server.post("/api/lanes/web/kargo-main/replay", body)
                        .mustBe(400)
                        .json()
                        .text("detail"))
                .contains(detail);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | nothing says which",
                "{\"ids\":[]} | ids is not an array of 1 to 10000 ids",
                "{\"ids\":[7]} | ids holds something that is no id",
                "{\"ids\":[\"web~kargo-main~1\"],\"event\":\"x\"} | ids and a filter are both given; give one of them",
            })
    void a_wrong_choice_of_letters_is_refused(String body, String detail) throws Exception {
        assertThat(server.post("/api/dead-letters/replay", body)
                        .mustBe(400)
                        .json()
                        .text("detail"))
                .contains(detail);
    }
}
