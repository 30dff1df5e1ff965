package dev.waybill.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.config.Problems;
import dev.waybill.config.Variables;
import dev.waybill.config.YamlFile;
import dev.waybill.workspace.Pipeline.Consent;
import dev.waybill.workspace.Pipeline.Cookie;
import dev.waybill.workspace.Pipeline.Mode;
import dev.waybill.workspace.Pipeline.Pin;
import dev.waybill.workspace.Pipeline.Scope;
import dev.waybill.workspace.Pipeline.Signals;
import dev.waybill.workspace.Pipeline.StartFrom;
import dev.waybill.workspace.Pipeline.Sync;
import dev.waybill.workspace.Settings.Admin;
import dev.waybill.workspace.Settings.DeadLetters;
import dev.waybill.workspace.Settings.Dedup;
import dev.waybill.workspace.Settings.Durability;
import dev.waybill.workspace.Settings.Limits;
import dev.waybill.workspace.Settings.Log;
import dev.waybill.workspace.Settings.Metrics;
import dev.waybill.workspace.Settings.Overflow;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The settings as an API: each default, and each key on its own way.
class SettingsAndPipelineTest {
    private final Problems problems = new Problems();

    @Test
    void an_empty_settings_file_is_the_contracts_defaults() {
        assertThat(settings(""))
                .isEqualTo(new Settings(
                        false,
                        null,
                        new Admin(null, null),
                        List.of(),
                        Durability.FSYNC,
                        new Log(Duration.ofDays(7), null, Overflow.REFUSE, 512 << 20),
                        new DeadLetters(Duration.ofDays(30), 10L << 30),
                        new Dedup(Duration.ofDays(1), 4_000_000),
                        new Limits(32 << 10, 500 << 10, 2500, 64, null),
                        Metrics.TOKEN));
        assertThat(problems.sorted()).isEmpty();
    }

    @Test
    void every_setting_can_be_set() {
        Settings settings = settings("""
                allowPrivateEndpoints: true
                publicUrl: https://collect.example.com/
                admin: {host: 127.0.0.1, port: 9000}
                trustedProxies: [10.0.0.7, 'fd00::7']
                durability: os
                log: {retention: 2d, maxBytes: 5GB, overflow: drop-oldest, minFreeBytes: 0}
                deadLetters: {retention: 12h, maxBytes: 1GB}
                dedup: {window: 1h, maxIds: 1000}
                limits: {eventBytes: 64KiB, batchBytes: 1MiB, batchEvents: 10, depth: 16, perWriteKey: 2.5/s}
                metrics: open
                """);

        assertThat(settings)
                .isEqualTo(new Settings(
                        true,
                        "https://collect.example.com",
                        new Admin("127.0.0.1", 9000),
                        List.of("10.0.0.7", "fd00::7"),
                        Durability.OS,
                        new Log(Duration.ofDays(2), 5L << 30, Overflow.DROP_OLDEST, 0),
                        new DeadLetters(Duration.ofHours(12), 1L << 30),
                        new Dedup(Duration.ofHours(1), 1000),
                        new Limits(64 << 10, 1 << 20, 10, 16, 2.5),
                        Metrics.OPEN));
        assertThat(problems.sorted()).isEmpty();
    }

    @Test
    void a_rate_per_write_key_is_a_number_with_or_without_its_unit_or_unlimited() {
        assertThat(settings("limits: {perWriteKey: 100}").limits().perWriteKey())
                .isEqualTo(100.0);
        assertThat(settings("limits: {perWriteKey: 100/s}").limits().perWriteKey())
                .isEqualTo(100.0);
        assertThat(settings("limits: {perWriteKey: unlimited}").limits().perWriteKey())
                .isNull();
        assertThat(problems.sorted()).isEmpty();
    }

    @Test
    void a_pipeline_with_a_write_key_alone_has_the_contracts_defaults() {
        assertThat(pipeline("writeKey: wk_demo"))
                .isEqualTo(new Pipeline(
                        "web",
                        "wk_demo",
                        List.of(),
                        new Cookie(null, "wb_kargo"),
                        new Consent(Scope.US, List.of(), new Signals(true, true, true, true)),
                        List.of(),
                        Duration.ofSeconds(10),
                        new Sync(
                                365,
                                null,
                                Duration.ofDays(1),
                                Duration.ofMinutes(30),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(3)),
                        List.of()));
        assertThat(problems.sorted()).isEmpty();
    }

    @Test
    void every_key_of_a_pipeline_can_be_set() {
        Pipeline pipeline = pipeline("""
                writeKey: wk_demo
                origins: [https://WWW.Example.com, 'https://a.example:443', 'http://localhost:3000', 'https://*.example.com']
                cookie: {domain: example.com, name: kid}
                consent: {scope: gdpr, category: C0004, signals: {tcf: false, gpp: false, usp: false, gpc: false}}
                identityWait: 0s
                sync: {cookieDays: 30, refreshDays: 7, failureTtl: 2d, firstFailureTtl: 1m, holdMs: 0, timeoutMs: 500}
                integrations:
                  - {integration: a, revision: 3}
                  - {integration: b, revision: 1, enabled: false, mode: shadow, startFrom: earliest}
                  - {integration: c, revision: 2, startFrom: 2026-11-01T02:00:00+02:00}
                """);

        assertThat(pipeline)
                .isEqualTo(new Pipeline(
                        "web",
                        "wk_demo",
                        List.of(
                                "https://www.example.com",
                                "https://a.example",
                                "http://localhost:3000",
                                "https://*.example.com"),
                        new Cookie("example.com", "kid"),
                        new Consent(Scope.GDPR, List.of("C0004"), new Signals(false, false, false, false)),
                        List.of(),
                        Duration.ZERO,
                        new Sync(
                                30,
                                7,
                                Duration.ofDays(2),
                                Duration.ofMinutes(1),
                                Duration.ZERO,
                                Duration.ofMillis(500)),
                        List.of(
                                new Pin("a", 3, true, Mode.LIVE, new StartFrom.Now()),
                                new Pin("b", 1, false, Mode.SHADOW, new StartFrom.Earliest()),
                                new Pin(
                                        "c",
                                        2,
                                        true,
                                        Mode.LIVE,
                                        new StartFrom.At(Instant.parse("2026-11-01T00:00:00Z")
                                                .toEpochMilli())))));
        assertThat(problems.sorted()).isEmpty();
    }

    @Test
    void values_come_from_the_environment_with_the_type_they_have_there() {
        Settings settings =
                settings("allowPrivateEndpoints: ${PRIVATE}\nadmin: {host: 'h-${HOST}', port: '${PORT}'}\n");

        assertThat(settings.allowPrivateEndpoints()).isTrue();
        assertThat(settings.admin()).isEqualTo(new Admin("h-x", 9000));
        assertThat(problems.sorted()).isEmpty();
    }

    private Settings settings(String yaml) {
        Variables variables =
                new FileSecrets(Path.of("/nowhere"), Map.of("PRIVATE", "true", "PORT", "9000", "HOST", "x"));
        return YamlFile.read("waybill.yaml", yaml, problems)
                .map(new EnvironmentValues(variables, problems)::fill)
                .map(new SettingsReader(problems)::read)
                .orElseThrow();
    }

    private Pipeline pipeline(String yaml) {
        return YamlFile.read("pipelines/web.yaml", yaml, problems)
                .map(root -> new PipelineReader(problems).read("web", root))
                .orElseThrow();
    }
}
