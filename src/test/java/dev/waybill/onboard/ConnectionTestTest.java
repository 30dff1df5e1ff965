package dev.waybill.onboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.config.Problems;
import dev.waybill.config.Variables;
import dev.waybill.config.YamlFile;
import dev.waybill.deliver.AddressGuard;
import dev.waybill.deliver.FakeDestination;
import dev.waybill.deliver.FakeDestination.Reply;
import dev.waybill.deliver.SendResult;
import dev.waybill.kit.Integration;
import dev.waybill.kit.IntegrationCompiler;
import dev.waybill.kit.KitLibrary;
import dev.waybill.kit.Verdict;
import dev.waybill.onboard.ConnectionTest.Labelled;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Which event a connection is tried with, and that secrets stay in.
@Timeout(30)
class ConnectionTestTest {
    private static final String SECRET = "t0p-s3cret";
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-25T08:00:00Z"));
    private static final Variables SECRETS = new Variables() {
        @Override
        public Optional<String> environment(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<String> secret(String name) {
            return Optional.of(SECRET);
        }
    };

    private final FakeDestination destination = FakeDestination.start();
    private final ConnectionTest open = new ConnectionTest(new AddressGuard(() -> true), CLOCK);

    @AfterEach
    void close() throws IOException {
        destination.close();
    }

    private Integration integration(String more) {
        Problems problems = new Problems();
        String yaml = "kit: kargo\nparameters: {PARTNER_ID: p-7, ENDPOINT: '%s', AUTH_TOKEN: '${secret:T}'}\n%s"
                .formatted(destination.url("/events"), more);
        return YamlFile.read("1.yaml", yaml, problems)
                .flatMap(root ->
                        IntegrationCompiler.compile(KitLibrary.builtIn(), "shop", 1, root, SECRETS, problems, true))
                .orElseThrow(() -> new AssertionError(problems.sorted().toString()));
    }

    private Labelled labelled(String more) {
        return open.labelled(integration(more)).orElseThrow();
    }

    @Test
    void it_takes_the_page_view_and_says_the_time_in_its_id() {
        Labelled labelled = labelled("");
        assertThat(labelled.shown().event()).isEqualTo("page");
        assertThat(labelled.event().messageId()).isEqualTo("waybill-test-" + CLOCK.millis());
        assertThat(labelled.shown().request().toString()).doesNotContain(SECRET);
    }

    @Test
    void it_takes_the_first_by_name_where_page_views_are_kept_back() {
        Labelled labelled = labelled("playbook: {events: {page: {send: false}, a_first: {}, zz_last: {}}}");
        assertThat(labelled.shown().event()).isEqualTo("a_first");
    }

    @Test
    void a_playbook_that_stops_all_has_none() {
        assertThat(open.labelled(integration("playbook: {global: {filters: [{name: none, deny: 'true'}]}}")))
                .isEmpty();
    }

    @Test
    void what_goes_out_holds_the_secret_and_what_comes_back_does_not() {
        destination.next(Reply.answer(500, "<" + SECRET + ">"));
        Labelled labelled = labelled("");
        SendResult result = open.send(labelled);
        assertThat(destination.received().getFirst().headers()).containsEntry("authorization", "Bearer " + SECRET);
        assertThat(result)
                .isInstanceOfSatisfying(
                        SendResult.Answered.class,
                        answered -> assertThat(answered.answer().body())
                                .doesNotContain(SECRET)
                                .startsWith("<"));
        assertThat(result.verdict(labelled.integration())).isEqualTo(Verdict.RETRY);
        assertThat(destination.received()).hasSize(1);
    }

    @Test
    void it_goes_nowhere_that_the_guard_does_not_permit() {
        Labelled labelled = labelled("");
        SendResult result = new ConnectionTest(new AddressGuard(() -> false), CLOCK).send(labelled);
        assertThat(result).isInstanceOfSatisfying(SendResult.Failed.class, failed -> {
            assertThat(failed.kind()).isEqualTo(SendResult.Kind.REFUSED_ADDRESS);
            assertThat(failed.message()).contains("Set allowPrivateEndpoints: true in waybill.yaml to allow it.");
        });
        assertThat(result.verdict(labelled.integration())).isEqualTo(Verdict.SETUP);
        assertThat(destination.accepted()).isZero();
    }
}
