package dev.waybill.decide;

import dev.waybill.event.Event;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonPath;
import dev.waybill.json.Projection;
import dev.waybill.kit.Answer;
import dev.waybill.kit.Delivery;
import dev.waybill.kit.Integration;
import dev.waybill.kit.KitRequest;
import dev.waybill.kit.Mapped;
import dev.waybill.kit.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An integration of kit `kargo` that wants `properties.total` and maps as it is told.
record FakeIntegration(Function<Event, Mapped> mapping, boolean selected) implements Integration {
    static final Mapped.Deliver DELIVER = new Mapped.Deliver(
            "page", new KitRequest("POST", "https://kargo.example/", new TreeMap<>(), JsonObject.EMPTY), List.of());

    @Override
    public String name() {
        return "kargo-main";
    }

    @Override
    public int revision() {
        return 1;
    }

    @Override
    public String kit() {
        return "kargo";
    }

    @Override
    public Projection wanted() {
        return Projection.of(List.of(JsonPath.parse("properties.total"), JsonPath.parse("context.page.url")));
    }

    @Override
    public Mapped map(Event event) {
        return mapping.apply(event);
    }

    @Override
    public Mapped mapForSending(Event event) {
        return map(event);
    }

    @Override
    public boolean selects(Event event) {
        return selected;
    }

    @Override
    public Verdict judge(Answer answer) {
        return Verdict.DELIVERED;
    }

    @Override
    public Duration maxEventAge() {
        return Duration.ofDays(3);
    }

    @Override
    public Delivery delivery() {
        return Delivery.DEFAULT;
    }

    @Override
    public @Nullable String identity(Event event) {
        return "puid-1";
    }
}
