package dev.waybill.workspace;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Form;
import dev.waybill.config.Problems;
import dev.waybill.config.Section;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads `waybill.yaml`: every key is optional and falls back to [Settings#DEFAULT].
final class SettingsReader {
    private static final Settings DEFAULT = Settings.DEFAULT;
    private static final Duration TEN_YEARS = Duration.ofDays(3650);
    private static final long MIB = 1L << 20;
    private static final long MAX_STORE = 1L << 50;
    private static final Pattern RATE = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)(?:\\s*/\\s*s)?");

    private final Problems problems;
    private final Ranged ranged;

    SettingsReader(Problems problems) {
        this.problems = problems;
        this.ranged = new Ranged(problems);
    }

    Settings read(ConfigNode root) {
        Section all = Section.of(root, problems);
        Settings settings = new Settings(
                all.bool("allowPrivateEndpoints", DEFAULT.allowPrivateEndpoints()),
                publicUrl(all),
                admin(all.section("admin")),
                trustedProxies(all),
                all.oneOf("durability", DEFAULT.durability()),
                log(all.section("log")),
                deadLetters(all.section("deadLetters")),
                dedup(all.section("dedup")),
                limits(all.section("limits")),
                all.oneOf("metrics", DEFAULT.metrics()));
        all.done();
        return settings;
    }

    private @Nullable String publicUrl(Section all) {
        ConfigNode value = all.value("publicUrl");
        Optional<String> text = all.text("publicUrl");
        if (value == null || text.isEmpty()) {
            return null;
        }
        if (isBaseUrl(text.get())) {
            return text.get().replaceAll("/+$", "");
        }
        problems.error(
                value,
                "found " + value.kind() + "; allowed: an http or https URL without user, query and fragment, such as"
                        + " https://collect.example.com");
        return null;
    }

    private static boolean isBaseUrl(String text) {
        try {
            URI uri = URI.create(text);
            return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Settings.Admin admin(Section admin) {
        String host = admin.text("host").orElse(null);
        Integer port = admin.value("port") == null ? null : Integer.valueOf(admin.integer("port", 0, 0, 65_535));
        if (host != null && port == null && admin.value("port") == null) {
            admin.missing("port", "admin.host needs the port to listen on");
        }
        admin.done();
        return new Settings.Admin(host, port);
    }

    private List<String> trustedProxies(Section all) {
        all.itemsTake("trustedProxies", Form.TEXT);
        return all.list("trustedProxies").stream()
                .filter(item -> {
                    boolean good = item instanceof ConfigNode.Scalar scalar && isAddress(scalar.text());
                    if (!good) {
                        problems.error(
                                item, "found " + item.kind() + "; allowed: an IP address, such as 10.0.0.7 or fd00::7");
                    }
                    return good;
                })
                .map(item -> ((ConfigNode.Scalar) item).text())
                .toList();
    }

    private static boolean isAddress(String text) {
        try {
            InetAddress.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Settings.Log log(Section log) {
        Settings.Log fallback = DEFAULT.log();
        Settings.Log read = new Settings.Log(
                ranged.duration(log, "retention", fallback.retention(), Duration.ofSeconds(1), TEN_YEARS),
                ranged.bytesOrNull(log, "maxBytes", MIB, MAX_STORE),
                log.oneOf("overflow", fallback.overflow()),
                ranged.bytes(log, "minFreeBytes", fallback.minFreeBytes(), 0, MAX_STORE));
        log.done();
        return read;
    }

    private Settings.DeadLetters deadLetters(Section letters) {
        Settings.DeadLetters fallback = DEFAULT.deadLetters();
        Settings.DeadLetters read = new Settings.DeadLetters(
                ranged.duration(letters, "retention", fallback.retention(), Duration.ofSeconds(1), TEN_YEARS),
                ranged.bytes(letters, "maxBytes", fallback.maxBytes(), MIB, MAX_STORE));
        letters.done();
        return read;
    }

    private Settings.Dedup dedup(Section dedup) {
        Settings.Dedup fallback = DEFAULT.dedup();
        Settings.Dedup read = new Settings.Dedup(
                ranged.duration(dedup, "window", fallback.window(), Duration.ZERO, Duration.ofDays(365)),
                dedup.integer("maxIds", fallback.maxIds(), 1, 100_000_000));
        dedup.done();
        return read;
    }

    private Settings.Limits limits(Section limits) {
        Settings.Limits fallback = DEFAULT.limits();
        Settings.Limits read = new Settings.Limits(
                (int) ranged.bytes(limits, "eventBytes", fallback.eventBytes(), 1 << 10, 4 * MIB),
                (int) ranged.bytes(limits, "batchBytes", fallback.batchBytes(), 1 << 10, 4 * MIB),
                limits.integer("batchEvents", fallback.batchEvents(), 1, 100_000),
                limits.integer("depth", fallback.depth(), 2, 500),
                perWriteKey(limits));
        limits.done();
        return read;
    }

    private @Nullable Double perWriteKey(Section limits) {
        limits.takes("perWriteKey", Form.Words.of("unlimited"), new Form.Matching(RATE.pattern()));
        ConfigNode value = limits.value("perWriteKey");
        if (value == null) {
            return null;
        }
        if (value instanceof ConfigNode.Scalar scalar) {
            if (scalar.text().equals("unlimited")) {
                return null;
            }
            Matcher rate = RATE.matcher(scalar.text().strip());
            if (rate.matches() && Double.parseDouble(rate.group(1)) > 0) {
                return Double.valueOf(rate.group(1));
            }
        }
        problems.error(
                value, "found " + value.kind() + "; allowed: unlimited, or events a second such as 100 or 100/s");
        return null;
    }
}
