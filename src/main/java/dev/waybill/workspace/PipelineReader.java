package dev.waybill.workspace;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Form;
import dev.waybill.config.Problems;
import dev.waybill.config.Section;
import dev.waybill.kit.ConsentCategories;
import dev.waybill.playbook.FilterReader;
import dev.waybill.workspace.Pipeline.Consent;
import dev.waybill.workspace.Pipeline.Cookie;
import dev.waybill.workspace.Pipeline.Mode;
import dev.waybill.workspace.Pipeline.Pin;
import dev.waybill.workspace.Pipeline.Signals;
import dev.waybill.workspace.Pipeline.StartFrom;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads one file of `pipelines/`. Whether the pinned revisions exist is seen later, with all files at hand.
final class PipelineReader {
    private static final Pipeline DEFAULT = Pipeline.withDefaults("", "", List.of());

    /// No colon: the write key is the user name of HTTP Basic.
    private static final Pattern WRITE_KEY = Pattern.compile("[!-9;-~]{1,200}");

    private static final Pattern COOKIE_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
    private static final Pattern DOMAIN = Pattern.compile("\\.?[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63})*");
    private static final Pattern ORIGIN = Pattern.compile(
            "(https?)://(\\*\\.)?((?:[A-Za-z0-9_-]{1,63})(?:\\.[A-Za-z0-9_-]{1,63})*|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?");

    private final Problems problems;
    private final Ranged ranged;

    PipelineReader(Problems problems) {
        this.problems = problems;
        this.ranged = new Ranged(problems);
    }

    /// The pipeline, with a default in place of each value that can't be used.
    Pipeline read(String name, ConfigNode root) {
        Section all = Section.of(root, problems);
        Pipeline pipeline = new Pipeline(
                name,
                writeKey(all),
                origins(all),
                cookie(all.section("cookie")),
                consent(all.section("consent")),
                FilterReader.all(all, problems),
                ranged.duration(all, "identityWait", DEFAULT.identityWait(), Duration.ZERO, Duration.ofMinutes(10)),
                new SyncReader(problems, ranged).read(all.section("sync")),
                pins(all));
        all.done();
        return pipeline;
    }

    private String writeKey(Section all) {
        all.takes("writeKey", new Form.Matching(WRITE_KEY.pattern()));
        ConfigNode value = all.value("writeKey");
        Optional<String> key = all.required("writeKey", "the key that the site's events carry, such as wk_web");
        if (value != null && key.isPresent() && !WRITE_KEY.matcher(key.get()).matches()) {
            problems.error(value, "found " + value.kind() + "; allowed: 1 to 200 visible ASCII characters, no colon");
        }
        return key.orElse("");
    }

    private List<String> origins(Section all) {
        List<String> origins = new ArrayList<>();
        all.itemsTake("origins", Form.TEXT);
        for (ConfigNode item : all.list("origins")) {
            String origin = item instanceof ConfigNode.Scalar scalar ? origin(scalar.text()) : null;
            if (origin == null) {
                problems.error(
                        item,
                        "found " + item.kind() + "; allowed: an origin without a path, such as https://www.example.com,"
                                + " http://localhost:3000 or https://*.example.com");
            } else {
                origins.add(origin);
            }
        }
        return origins;
    }

    /// As a browser writes it: lower case, without the scheme's own port. Null when it is none.
    private static @Nullable String origin(String text) {
        Matcher matcher = ORIGIN.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        String scheme = matcher.group(1);
        boolean wildcard = matcher.group(2) != null;
        String port = matcher.group(4);
        if (wildcard
                && (!scheme.equals("https") || port != null || !matcher.group(3).contains("."))) {
            return null;
        }
        if (port != null && Integer.parseInt(port) > 65_535) {
            return null;
        }
        boolean ownPort = port == null || port.equals(scheme.equals("https") ? "443" : "80");
        String host = matcher.group(3).toLowerCase(Locale.ROOT);
        return scheme + "://" + (wildcard ? "*." : "") + host + (ownPort ? "" : ":" + port);
    }

    private Cookie cookie(Section cookie) {
        String domain = checked(cookie, "domain", DOMAIN, "a domain such as example.com")
                .orElse(null);
        String name = checked(cookie, "name", COOKIE_NAME, "a cookie name: letters, digits, - and _, at most 100")
                .orElse(DEFAULT.cookie().name());
        cookie.done();
        return new Cookie(domain, name);
    }

    private Optional<String> checked(Section section, String key, Pattern allowed, String words) {
        ConfigNode value = section.value(key);
        Optional<String> text = section.text(key);
        if (value != null && text.isPresent() && !allowed.matcher(text.get()).matches()) {
            problems.error(value, "found " + value.kind() + "; allowed: " + words);
            return Optional.empty();
        }
        return text;
    }

    private Consent consent(Section consent) {
        Section signals = consent.section("signals");
        Consent read = new Consent(
                consent.oneOf("scope", DEFAULT.consent().scope()),
                ConsentCategories.read(consent, problems),
                new Signals(
                        signals.bool("tcf", true),
                        signals.bool("gpp", true),
                        signals.bool("usp", true),
                        signals.bool("gpc", true)));
        signals.done();
        consent.done();
        return read;
    }

    private List<Pin> pins(Section all) {
        List<Pin> pins = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ConfigNode item : all.list("integrations")) {
            Section section = Section.of(item, problems);
            Optional<String> integration =
                    section.required("integration", "the name of a directory in integrations/, such as kargo-main");
            if (section.value("revision") == null) {
                section.missing("revision", "the number of the revision to pin, such as 1");
            }
            Pin pin = new Pin(
                    integration.orElse(""),
                    section.integer("revision", 0, 1, 999_999_999),
                    section.bool("enabled", true),
                    section.oneOf("mode", Mode.LIVE),
                    startFrom(section));
            section.done();
            ConfigNode named = section.value("integration");
            if (named != null && integration.isPresent() && !names.add(integration.get())) {
                problems.error(
                        named,
                        "the integration '" + integration.get() + "' stands in this pipeline twice; keep one pin");
            }
            pins.add(pin);
        }
        return pins;
    }

    private StartFrom startFrom(Section section) {
        section.takes("startFrom", Form.Words.of("now", "earliest"), new Form.Matching("\\d{4}-\\d\\d-\\d\\dT.+"));
        ConfigNode value = section.value("startFrom");
        if (value == null) {
            return new StartFrom.Now();
        }
        String text = value instanceof ConfigNode.Scalar scalar ? scalar.text() : "";
        return switch (text) {
            case "now" -> new StartFrom.Now();
            case "earliest" -> new StartFrom.Earliest();
            default -> {
                try {
                    yield new StartFrom.At(
                            OffsetDateTime.parse(text).toInstant().toEpochMilli());
                } catch (DateTimeException | ArithmeticException e) {
                    problems.error(
                            value,
                            "found " + value.kind()
                                    + "; allowed: now, earliest, or a time such as 2026-11-01T00:00:00Z");
                    yield new StartFrom.Now();
                }
            }
        };
    }
}
