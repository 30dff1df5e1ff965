package dev.waybill.decide;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.event.EventType;
import dev.waybill.json.JsonText;
import dev.waybill.log.LogRecord;
import dev.waybill.log.RecordHeader;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WholeEventTest {
    @Test
    void everything_beside_the_event_stands_in_it() {
        RecordHeader header = new RecordHeader(
                EventType.PAGE,
                "m-1",
                "a",
                true,
                Map.of("kargo", "cookie-puid"),
                "{\"app\":{\"name\":\"shop\"},\"page\":{\"url\":\"https://batch/\"}}",
                "{\"All\":true}",
                "2026-01-01T00:00:00Z");
        LogRecord record =
                new LogRecord(0, header, "{\"context\":{\"page\":{\"title\":\"own\"}},\"n\":1.50}".getBytes(UTF_8));

        assertThat(WholeEvent.of(record))
                .isEqualTo(JsonText.read("{\"context\":{\"app\":{\"name\":\"shop\"},\"page\":{\"title\":\"own\"},"
                        + "\"providers\":{\"kargo\":{\"puid\":\"cookie-puid\"}},\"consent\":{\"gpc\":true}},"
                        + "\"n\":1.50,\"integrations\":{\"All\":true},\"type\":\"page\",\"messageId\":\"m-1\","
                        + "\"receivedAt\":\"1970-01-01T00:00:00Z\",\"sentAt\":\"2026-01-01T00:00:00Z\"}"));
    }

    @Test
    void an_event_alone_gets_only_what_the_collector_found_out() {
        RecordHeader header = new RecordHeader(EventType.TRACK, "m-1", "a", false, Map.of(), null, null, null);

        assertThat(WholeEvent.of(new LogRecord(1, header, "{\"event\":\"E\"}".getBytes(UTF_8))))
                .hasToString("{\"event\":\"E\",\"type\":\"track\",\"messageId\":\"m-1\",\"receivedAt\":"
                        + "\"1970-01-01T00:00:00.001Z\"}");
        assertThatThrownBy(() -> WholeEvent.of(new LogRecord(1, header, "[]".getBytes(UTF_8))))
                .hasMessage("the record holds JSON, but no object");
    }
}
