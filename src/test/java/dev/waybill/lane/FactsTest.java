package dev.waybill.lane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.dedup.DedupIndex;
import dev.waybill.event.Event;
import dev.waybill.event.EventType;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.suppress.Suppressions;
import dev.waybill.suppress.Suppressions.Kind;
import dev.waybill.suppress.Withdrawals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactsTest {
    private static final String PUID = "3e0b1c2d-4f5a-2b6c-d7e8-9f0a1b2c3d4e";

    @TempDir
    private Path directory;

    @Test
    void a_suppressed_identifier_counts_wherever_the_event_has_it_also_for_a_kit_that_needs_none() throws IOException {
        try (Suppressions suppressions = Suppressions.open(directory.resolve("suppressions"), FactsTest::unexpected);
                Withdrawals withdrawals = Withdrawals.open(directory.resolve("withdrawals"), FactsTest::unexpected)) {
            DedupIndex duplicates = new DedupIndex(Duration.ofDays(1), 1_000);
            Facts facts = new Facts("web", duplicates, suppressions, withdrawals);
            suppressions.add(Kind.PUID, PUID, 1);

            assertThat(facts.suppressed(event("{'kargo':{'puid':'" + PUID + "'}}", Map.of()), null))
                    .isTrue();
            assertThat(facts.suppressed(event("{'a':1,'b':null,'other':{'puid':'" + PUID + "'}}", Map.of()), "x"))
                    .isTrue();
            assertThat(facts.suppressed(event("{}", Map.of("kargo", PUID)), null))
                    .isTrue();
            assertThat(facts.suppressed(event("{'kargo':{'puid':'x'}}", Map.of("kargo", "y")), "z"))
                    .isFalse();
            assertThat(facts.suppressed(event("'junk'", Map.of()), null)).isFalse();
        }
    }

    private static Event event(String providers, Map<String, String> cookies) {
        String json = "{'anonymousId':'a','context':{'providers':" + providers + "}}";
        JsonObject read = (JsonObject) JsonText.read(json.replace('\'', '"').getBytes(UTF_8));
        return new Event(EventType.TRACK, "m-1", 1, false, null, cookies, read);
    }

    private static void unexpected(String problem) {
        throw new AssertionError(problem);
    }
}
