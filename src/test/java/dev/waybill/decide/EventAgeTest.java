package dev.waybill.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.event.Event;
import dev.waybill.event.EventType;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventAgeTest {
    private static final Duration LIMIT = Duration.ofDays(3);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'originalTimestamp':'2026-01-01T00:00:00Z','sentAt':'2026-01-01T00:00:05Z'}          | 5000",
                "{'timestamp':'2026-01-01T00:00:00Z','sentAt':'2026-01-01T00:00:05.250Z'}              | 5250",
                // the original timestamp is the client's own clock, as sentAt is
                "{'originalTimestamp':'2026-01-01T00:00:00Z','timestamp':'2025-01-01T00:00:00Z','sentAt':'2026-01-01T00:00:01Z'} | 1000",
                "{'originalTimestamp':'2026-01-01T02:00:00+02:00','sentAt':'2026-01-01T00:00:05+0000'} | 5000",
                "{'originalTimestamp':'2026-01-01T02:00:00+02','sentAt':'2026-01-01T00:00:05Z'}        | 5000",
                // sent before it was made: no age
                "{'originalTimestamp':'2026-01-01T00:00:05Z','sentAt':'2026-01-01T00:00:00Z'}          | 0",
                "{'originalTimestamp':'2026-01-01T00:00:00Z'}                                          | 0",
                "{'sentAt':'2026-01-01T00:00:00Z'}                                                     | 0",
                "{'originalTimestamp':'yesterday','sentAt':'2026-01-01T00:00:00Z'}                     | 0",
                "{'originalTimestamp':1767225600000,'sentAt':'2026-01-01T00:00:00Z'}                   | 0",
                "{'originalTimestamp':'2026-13-45T00:00:00Z','sentAt':'2026-01-01T00:00:00Z'}          | 0",
                "{'originalTimestamp':'2026-01-01T00:00:00','sentAt':'2026-01-01T00:00:09Z'}           | 0",
            })
    void time_on_the_client_counts_only_between_two_readings_of_its_own_clock(String json, long millis) {
        assertThat(EventAge.at(1000, event(json, 1000, null)).millis()).isEqualTo(millis);
    }

    @Test
    void the_time_since_receiving_is_added() {
        String json = "{'originalTimestamp':'2026-01-01T00:00:00Z','sentAt':'2026-01-01T00:00:05Z'}";

        assertThat(EventAge.at(8000, event(json, 1000, null)).millis()).isEqualTo(12_000);
        assertThat(EventAge.at(8000, event("{}", 1000, null)).millis()).isEqualTo(7000);
    }

    @Test
    void a_batchs_sent_at_stands_in_for_the_events() {
        String json = "{'timestamp':'2026-01-01T00:00:00Z'}";

        assertThat(EventAge.at(0, event(json, 0, "2026-01-01T01:00:00Z")).millis())
                .isEqualTo(3_600_000);
    }

    @Test
    void absurd_times_neither_overflow_nor_throw() {
        String widest = "{'timestamp':'-999999999-01-01T00:00:00Z','sentAt':'+999999999-12-31T23:59:59Z'}";

        assertThat(EventAge.at(Long.MAX_VALUE, event(widest, 0, null)).millis()).isNotNegative();
        assertThat(EventAge.at(0, event(widest, Long.MAX_VALUE, null)).millis()).isNotNegative();
        assertThat(EventAge.at(0, event("{'sentAt':'" + "9".repeat(100_000) + "','timestamp':'x'}", 0, null))
                        .millis())
                .isZero();
    }

    @Test
    void only_what_is_over_the_limit_is_told() {
        assertThat(new EventAge(LIMIT.toMillis()).over(LIMIT)).isEmpty();
        assertThat(new EventAge(LIMIT.toMillis() + 1).over(LIMIT)).contains("72 h old, 72 h allowed");
        assertThat(new EventAge(90_000).over(Duration.ofSeconds(30))).contains("1 min old, 30 s allowed");
    }

    private static Event event(String json, long receivedAt, @Nullable String batchSentAt) {
        JsonObject object = (JsonObject) JsonText.read(json.replace('\'', '"'));
        return new Event(EventType.PAGE, "m-1", receivedAt, false, batchSentAt, object);
    }
}
