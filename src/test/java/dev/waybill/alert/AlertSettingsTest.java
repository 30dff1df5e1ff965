package dev.waybill.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.attention.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertSettingsTest {
    @Test
    void a_url_is_one_of_https_with_a_host() {
        assertThat(AlertSettings.problemsOfUrl("https://hooks.slack.com/services/T0/B0/x", false))
                .isEmpty();
        assertThat(AlertSettings.problemsOfUrl("http://127.0.0.1:9000/x", true)).isEmpty();
        assertThat(AlertSettings.problemsOfUrl("http://hooks.example/x", false))
                .containsExactly("url must begin with https:// (http:// only with allowPrivateEndpoints: true)");
        assertThat(AlertSettings.problemsOfUrl("file:///etc/passwd", true))
                .containsExactly(
                        "url must begin with https:// or http://",
                        "url has no host; allowed: a URL such as https://hooks.slack.com/services/…");
        assertThat(AlertSettings.problemsOfUrl("https://me:pw@hooks.example/x", false))
                .containsExactly("url holds a user name; a webhook's secret stands in its path");
        assertThat(AlertSettings.problemsOfUrl("https://hooks.example:70000/x", false))
                .containsExactly("url has a port that there is none of; allowed: 1 to 65535");
        assertThat(AlertSettings.problemsOfUrl("https://hooks.example/ hush", false))
                .allSatisfy(problem ->
                        assertThat(problem).startsWith("url is none: ").doesNotContain("hush"));
        assertThat(AlertSettings.problemsOfUrl("https://hooks.example/" + "x".repeat(2000), false))
                .containsExactly("url has 2022 characters; at most 2000 are allowed");
    }

    @Test
    void a_new_secret_is_one_and_never_the_same() {
        List<String> two = List.of(AlertSettings.newSecret(), AlertSettings.newSecret());
        assertThat(two).doesNotHaveDuplicates().allMatch(AlertSettings::isSecret);
        assertThat(AlertSettings.isSecret("fifteen-letters")).isFalse();
        assertThat(AlertSettings.isSecret("sixteen letters!")).isFalse();
        assertThat(AlertSettings.isSecret("x".repeat(201))).isFalse();
    }

    @Test
    void usually_people_are_told_of_what_loses_events_or_money() {
        assertThat(AlertSettings.usualKinds())
                .containsExactlyInAnyOrder(
                        Kind.INTAKE_CLOSED,
                        Kind.LANE_PAUSED,
                        Kind.BREAKER_OPEN,
                        Kind.NEAR_MAX_AGE,
                        Kind.DISK_LOW,
                        Kind.REASON_JUMP,
                        Kind.EXPECTED_EVENT_QUIET);
    }

    @Test
    void only_the_host_is_shown() {
        AlertSettings settings = new AlertSettings(
                "https://hooks.slack.com/services/T0/B0/hush", "s".repeat(16), true, AlertSettings.usualKinds());
        assertThat(settings.host()).isEqualTo("hooks.slack.com");
        assertThat(AlertSettings.NONE.host()).isNull();
        assertThat(settings.sends()).isTrue();
        assertThat(AlertSettings.NONE.sends()).isFalse();
    }
}
