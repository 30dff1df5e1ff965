package dev.waybill.onboard;

import dev.waybill.deliver.AddressGuard;
import dev.waybill.deliver.Inquiry;
import dev.waybill.json.JsonPath;
import dev.waybill.kit.BrowserSync;
import dev.waybill.kit.Integration;
import dev.waybill.kit.Kit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Asks the ID endpoints of some integrations for some origins, one question after the other.
public final class SyncCheck {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final AddressGuard guard;
    private final Duration browserTimeout;

    /// An integration whose kit has an ID sync.
    ///
    /// @param sync its address is empty when the integration lacks the parameter
    public record Subject(Integration integration, Kit kit, BrowserSync sync) {
        /// Whether there is an address to ask.
        public boolean isAskable() {
            return !sync.url().isBlank();
        }

        /// What is missing, and what to do about it.
        public String missing() {
            return "%s, revision %d, has no %s: ask your %s representative for it (the letter asks for it), then save a revision with it."
                    .formatted(
                            integration.name(),
                            integration.revision(),
                            String.join(", ", kit.syncParameters()),
                            kit.about().title());
        }
    }

    /// @param guard which addresses may be asked
    /// @param browserTimeout how long `waybill.js` waits
    public SyncCheck(AddressGuard guard, Duration browserTimeout) {
        this.guard = guard;
        this.browserTimeout = browserTimeout;
    }

    /// Asks for each origin of each subject; takes up to ten seconds a question.
    ///
    /// @param subjects askable ones
    /// @param asking told of each origin before it is asked for
    public List<SyncFinding> ask(List<Subject> subjects, List<String> origins, Consumer<String> asking) {
        List<SyncFinding> findings = new ArrayList<>();
        try (Inquiry inquiry = new Inquiry(guard, TIMEOUT, "Waybill/sync-check")) {
            for (Subject subject : subjects) {
                String url = subject.sync().url();
                SyncJudge judge = new SyncJudge(
                        subject.integration().name(),
                        subject.kit(),
                        url,
                        JsonPath.parse(subject.sync().field()),
                        browserTimeout);
                for (String origin : origins) {
                    asking.accept(origin);
                    findings.add(judge.judge(
                            origin, inquiry.get(url, Map.of("Origin", origin, "Accept", "application/json"))));
                }
            }
        }
        return findings;
    }
}
