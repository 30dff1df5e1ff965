package dev.waybill.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.deliver.SendResult.Answered;
import dev.waybill.deliver.SendResult.Failed;
import dev.waybill.deliver.SendResult.Kind;
import dev.waybill.event.Event;
import dev.waybill.json.Projection;
import dev.waybill.kit.Answer;
import dev.waybill.kit.Delivery;
import dev.waybill.kit.Integration;
import dev.waybill.kit.Mapped;
import dev.waybill.kit.Verdict;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SendResultTest {
    @Test
    void an_answer_is_judged_by_the_kit() {
        assertThat(new Answered(new Answer(418, Map.of(), ""), 1).verdict(new Teapot()))
                .isEqualTo(Verdict.REJECTED);
        assertThat(new Answered(new Answer(200, Map.of(), ""), 1).verdict(new Teapot()))
                .isEqualTo(Verdict.DELIVERED);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void without_an_answer_the_event_waits_unless_the_integration_must_change_first(Kind kind) {
        Verdict expected = switch (kind) {
            case REFUSED_ADDRESS, BAD_URL, BAD_HEADER -> Verdict.SETUP;
            case DNS, CONNECT, TIMEOUT, IO, GARBAGE -> Verdict.RETRY;
        };
        assertThat(new Failed(kind, "x", 1).verdict(new Teapot())).isEqualTo(expected);
    }

    /// An integration that rejects teapots and is asked nothing else.
    private static final class Teapot implements Integration {
        @Override
        public Verdict judge(Answer answer) {
            return answer.status() == 418 ? Verdict.REJECTED : Verdict.DELIVERED;
        }

        @Override
        public String name() {
            return "teapot";
        }

        @Override
        public int revision() {
            return 1;
        }

        @Override
        public String kit() {
            return "teapot";
        }

        @Override
        public Projection wanted() {
            return Projection.ALL;
        }

        @Override
        public Mapped map(Event event) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mapped mapForSending(Event event) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean hasSecrets() {
            return false;
        }

        @Override
        public boolean selects(Event event) {
            return true;
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
            return null;
        }
    }
}
