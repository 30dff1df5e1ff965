package dev.waybill.workspace;

import dev.waybill.playbook.Filter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One write key and the integrations that its events go to. CONTRACT §2 says what each part means and its default.
///
/// @param name the file's name without `.yaml`; with an integration's name the key of a lane
/// @param filters what keeps events back from every integration, asked before any playbook
/// @param origins exact origins or `https://*.example.com`; empty: any origin may send, none with cookies
public record Pipeline(
        String name,
        String writeKey,
        List<String> origins,
        Cookie cookie,
        Consent consent,
        List<Filter> filters,
        Duration identityWait,
        Sync sync,
        List<Pin> integrations) {
    public Pipeline {
        origins = List.copyOf(origins);
        filters = List.copyOf(filters);
        integrations = List.copyOf(integrations);
    }

    /// A pipeline whose file says nothing else.
    public static Pipeline withDefaults(String name, String writeKey, List<Pin> integrations) {
        return new Pipeline(
                name,
                writeKey,
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
                integrations);
    }

    /// The first-party cookie that holds a kit's identifier: Kargo's has the pipeline's own name, any other's `wb_KIT`.
    public String identityCookie(String kit) {
        return kit.equals("kargo") ? cookie.name() : "wb_" + kit;
    }

    /// The cookie beside it that scripts may read; it holds state and times, never the identifier.
    public String stateCookie(String kit) {
        return identityCookie(kit) + "_s";
    }

    public record Cookie(@Nullable String domain, String name) {}

    /// What a person's consent must say before an event is sent.
    ///
    /// @param category the consent categories that must all be granted, trimmed; empty: none is asked for
    public record Consent(Scope scope, List<String> category, Signals signals) {
        public Consent {
            category = List.copyOf(category);
        }

        /// The same, with an integration's own categories in place of these when it has any.
        public Consent forIntegration(List<String> own) {
            return own.isEmpty() ? this : new Consent(scope, own, signals);
        }
    }

    /// What no signal means: [#US] allows, [#GDPR] denies.
    public enum Scope {
        US,
        GDPR
    }

    /// Which kinds of consent signal count.
    public record Signals(boolean tcf, boolean gpp, boolean usp, boolean gpc) {}

    /// How the site's browsers get the person's identifier.
    ///
    /// @param retryFailuresBefore failures before this time don't keep a browser from asking again; null: all do
    /// @param sources where identifiers come from, in the order in which they are tried
    public record Sync(
            int cookieDays,
            @Nullable Integer refreshDays,
            Duration failureTtl,
            Duration firstFailureTtl,
            Duration hold,
            Duration timeout,
            @Nullable Instant retryFailuresBefore,
            List<Source> sources) {
        public Sync {
            sources = List.copyOf(sources);
        }

        public Sync(
                int cookieDays,
                @Nullable Integer refreshDays,
                Duration failureTtl,
                Duration firstFailureTtl,
                Duration hold,
                Duration timeout) {
            this(cookieDays, refreshDays, failureTtl, firstFailureTtl, hold, timeout, null, List.of(Source.FETCH));
        }
    }

    /// Where a browser gets an identifier from.
    public enum Source {
        /// The kit's sync URL, by a credentialed request.
        FETCH("fetch"),
        /// The kit's redirect: the browser is sent to the destination and from there to the collector.
        REDIRECT("redirect"),
        /// What Kargo's own tag has left on the page.
        KRG_CRB("krgCrb");

        private final String word;

        Source(String word) {
            this.word = word;
        }

        /// The word in files and in the script.
        public String word() {
            return word;
        }
    }

    /// An integration at one revision in this pipeline.
    public record Pin(String integration, int revision, boolean enabled, Mode mode, StartFrom startFrom) {}

    public enum Mode {
        LIVE,
        /// All but the send.
        SHADOW
    }

    /// Where a new lane begins.
    public sealed interface StartFrom {
        /// At the log's end.
        record Now() implements StartFrom {}

        /// At the oldest event still kept.
        record Earliest() implements StartFrom {}

        /// At the first event received at or after a time, in milliseconds of the epoch.
        record At(long time) implements StartFrom {}
    }
}
