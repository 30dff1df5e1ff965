package dev.waybill.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.journal.Entry;
import dev.waybill.journal.LaneKey;
import dev.waybill.json.JsonObject;
import dev.waybill.kit.KitRequest;
import dev.waybill.kit.Mapped;
import dev.waybill.outcome.Notice;
import dev.waybill.outcome.NoticeCode;
import dev.waybill.outcome.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TrimmedKeysTest {
    private static final LaneKey LANE = new LaneKey("web", "kargo-main");

    private final TrimmedKeys trimmed = new TrimmedKeys(7);

    @Test
    void what_was_lost_is_counted_by_event_key_and_notice_the_most_frequent_first() {
        decided("page", cut("params.a"));
        decided("order", cut("params.a"), new Notice(NoticeCode.KEY_DROPPED_OVER_BUDGET, "params.z", "…"));
        decided("order", cut("params.a"), new Notice(NoticeCode.UNUSUAL_IDENTITY, "params.lex_id", "…"));

        assertThat(trimmed.since()).isEqualTo(7);
        assertThat(trimmed.of(LANE))
                .isEqualTo(new TrimmedKeys.Report(
                        List.of(
                                new TrimmedKeys.OfEvent(
                                        "order",
                                        List.of(
                                                new TrimmedKeys.Key("params.a", NoticeCode.VALUE_TRUNCATED, 2),
                                                new TrimmedKeys.Key("params.z", NoticeCode.KEY_DROPPED_OVER_BUDGET, 1)),
                                        0),
                                new TrimmedKeys.OfEvent(
                                        "page",
                                        List.of(new TrimmedKeys.Key("params.a", NoticeCode.VALUE_TRUNCATED, 1)),
                                        0)),
                        0));
        assertThat(trimmed.of(new LaneKey("web", "other")).events()).isEmpty();
    }

    @Test
    void what_was_not_mapped_and_what_was_only_seen_is_not_counted() {
        trimmed.decided(LANE, null, entry("page"), null);
        decided("page");
        Stream.of(NoticeCode.UNUSUAL_IDENTITY, NoticeCode.LOOKS_LIKE_PII, NoticeCode.JOINED_LATE)
                .forEach(code -> decided("page", new Notice(code, "params.x", "…")));

        assertThat(trimmed.of(LANE)).isEqualTo(new TrimmedKeys.Report(List.of(), 0));
    }

    @Test
    void no_flood_of_names_or_keys_takes_more_than_so_much_memory_and_none_goes_uncounted() {
        for (int i = 0; i < 1_000; i++) {
            decided("event" + i, cut("params.a"));
            decided("event0", cut("params." + "k".repeat(1_000) + i), cut("params.k" + i));
        }

        TrimmedKeys.Report report = trimmed.of(LANE);
        assertThat(report.events()).hasSize(TrimmedKeys.MAX_EVENTS);
        assertThat(report.other()).isEqualTo(1_000 - TrimmedKeys.MAX_EVENTS);
        TrimmedKeys.OfEvent first = report.events().getFirst();
        assertThat(first.event()).isEqualTo("event0");
        assertThat(first.keys())
                .hasSize(TrimmedKeys.MAX_KEYS)
                .allMatch(key -> key.path().length() <= 200);
        assertThat(first.count()).isEqualTo(2_001);
    }

    @Test
    void lanes_count_side_by_side() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                for (int j = 0; j < 1_000; j++) {
                    decided("page", cut("params.a"));
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(trimmed.of(LANE).events().getFirst().keys().getFirst().count())
                .isEqualTo(4_000);
    }

    @Test
    void another_tap_is_told_too() {
        List<String> told = new ArrayList<>();
        LaneTap both = trimmed.and((_, _, entry, _) -> told.add(entry.event()));

        both.decided(LANE, null, entry("page"), deliver(cut("params.a")));

        assertThat(told).containsExactly("page");
        assertThat(trimmed.of(LANE).events()).hasSize(1);
    }

    private void decided(String event, Notice... notices) {
        trimmed.decided(LANE, null, entry(event), deliver(notices));
    }

    private static Notice cut(String path) {
        return new Notice(NoticeCode.VALUE_TRUNCATED, path, "412 characters cut to 300");
    }

    private static Mapped.Deliver deliver(Notice... notices) {
        return new Mapped.Deliver(
                "page",
                new KitRequest("POST", "https://kargo.example/", new TreeMap<>(), JsonObject.EMPTY),
                List.of(notices));
    }

    private static Entry.Decided entry(String event) {
        return new Entry.Decided(0, 1, Outcome.DELIVERED, null, null, event, 1, 1, 200, null, List.of(), 0, 0);
    }
}
