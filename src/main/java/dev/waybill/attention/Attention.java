package dev.waybill.attention;

import dev.waybill.config.Problem;
import dev.waybill.journal.LaneKey;
import dev.waybill.kit.Integration;
import dev.waybill.lane.Lane;
import dev.waybill.lane.LaneBoard;
import dev.waybill.lane.LaneStatus.State;
import dev.waybill.lane.LaneView;
import dev.waybill.lane.TrimmedKeys;
import dev.waybill.ledger.LedgerView;
import dev.waybill.log.IntakeGate;
import dev.waybill.metrics.Metrics;
import dev.waybill.workspace.Pipeline;
import dev.waybill.workspace.Workspace;
import dev.waybill.workspace.Workspace.RevisionKey;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the numbers and asks the rules. Safe for threads.
///
/// [#refresh(Set)] is for the one who comes by every few seconds: it takes the samples and reads the series anew, once
/// a minute. [#look()] is for everybody else, at any time: states and pending are those of now, what comes from the
/// series is at most 5 minutes old.
public final class Attention {
    private static final Logger LOG = LoggerFactory.getLogger(Attention.class);
    private static final long DEFAULT_MAX_AGE = Duration.ofDays(3).toMillis();

    private final Parts parts;
    private final long started;
    private final Map<LaneKey, Watch> watches = new ConcurrentHashMap<>();

    /// What it looks at.
    ///
    /// @param workspace the one in force
    /// @param problems what is wrong with the workspace's files as they lie on disk
    /// @param freeBytes on the disk of the data directory
    /// @param minFreeBytes below it no events are accepted
    /// @param intakeClosed why no events are accepted, or empty
    public record Parts(
            LaneBoard lanes,
            Metrics metrics,
            TrimmedKeys trimmed,
            Supplier<Workspace> workspace,
            Supplier<List<Problem>> problems,
            LongSupplier freeBytes,
            long minFreeBytes,
            Supplier<Optional<IntakeGate.Closed>> intakeClosed,
            Confirmations confirmations,
            InstantSource clock) {}

    public Attention(Parts parts) {
        this.parts = parts;
        this.started = parts.clock().millis();
    }

    /// When it began to watch, which is when the server started; in milliseconds of the epoch.
    public long since() {
        return started;
    }

    /// Takes the samples, reads what is older than a minute, and says what is found.
    ///
    /// @param open what was found before and isn't over yet: it is said how each of these stands
    public Findings refresh(Set<Subject> open) {
        Set<LaneKey> lanes = parts.lanes().lanes().stream().map(LaneView::key).collect(Collectors.toSet());
        watches.keySet().retainAll(lanes);
        return look(true, open);
    }

    /// What needs attention now.
    public Findings look() {
        return look(false, Set.of());
    }

    /// By how many events a second the lane's backlog has shrunk over the last minutes; below 0 when it grew.
    public double drainPerSecond(LaneView view) {
        Watch watch = watch(view.key());
        synchronized (watch) {
            return watch.samples.trend(sample(view, view.ledger())).drainPerSecond();
        }
    }

    private Findings look(boolean fresh, Set<Subject> open) {
        List<Finding> found = new ArrayList<>();
        Set<Subject> unknown = new HashSet<>();
        Map<Subject, Ending> endings = new HashMap<>();
        open.stream()
                .filter(subject -> subject.lane() != null)
                .forEach(subject -> endings.put(subject, LaneRules.REMOVED));
        List<Findings> all = new ArrayList<>();
        all.add(server());
        for (LaneView view : parts.lanes().lanes()) {
            if (view.status().state() != State.REMOVED) {
                endings.keySet().removeIf(subject -> view.key().equals(subject.lane()));
                all.add(lane(view, fresh, open));
            }
        }
        for (Findings each : all) {
            found.addAll(each.found());
            unknown.addAll(each.unknown());
            endings.putAll(each.endings());
        }
        return new Findings(found, unknown, endings);
    }

    private Findings server() {
        Set<Subject> unknown = new HashSet<>();
        long free = Long.MAX_VALUE;
        try {
            free = parts.freeBytes().getAsLong();
        } catch (UncheckedIOException e) {
            LOG.warn("The free disk space can't be read ({}).", e.toString());
            unknown.add(new Subject(Kind.DISK_LOW, null));
        }
        Findings found = ServerRules.of(new ServerNumbers(
                free,
                parts.minFreeBytes(),
                parts.intakeClosed().get(),
                parts.problems().get().stream()
                        .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                        .map(Problem::toString)
                        .toList()));
        return new Findings(found.found(), unknown);
    }

    private Findings lane(LaneView view, boolean fresh, Set<Subject> open) {
        try {
            return LaneRules.of(
                    numbers(view, fresh),
                    open.stream()
                            .filter(subject -> view.key().equals(subject.lane()))
                            .collect(Collectors.toSet()));
        } catch (UncheckedIOException e) {
            LOG.warn("What needs attention in {} can't be told now ({}).", view.key(), e.toString());
            return new Findings(
                    List.of(),
                    Arrays.stream(Kind.values())
                            .map(kind -> new Subject(kind, view.key()))
                            .collect(Collectors.toSet()));
        }
    }

    private LaneNumbers numbers(LaneView view, boolean fresh) {
        long now = parts.clock().millis();
        LedgerView row = view.ledger();
        Optional<Long> oldest = view.oldestPending();
        Watch watch = watch(view.key());
        synchronized (watch) {
            Samples.Sample sample = sample(view, row);
            Samples.Trend trend = watch.samples.trend(sample);
            if (fresh && watch.samples.due(now)) {
                watch.samples.add(sample);
            }
            return new LaneNumbers(
                    view.key(),
                    view.status(),
                    row.pending(),
                    oldest.isPresent() ? OptionalLong.of(Math.max(0, now - oldest.get())) : OptionalLong.empty(),
                    view.lane().map(Lane::maxEventAge).map(Duration::toMillis).orElse(DEFAULT_MAX_AGE),
                    trend,
                    watch.recent(view, now, fresh ? Watch.FRESH_MILLIS : Watch.STALE_MILLIS),
                    watch.past(view, now, fresh),
                    mapped(view.key()),
                    parts.trimmed().of(view.key()),
                    parts.confirmations().confirmed(view.key().integration()),
                    now - started);
        }
    }

    private Watch watch(LaneKey key) {
        return watches.computeIfAbsent(key, _ -> new Watch());
    }

    private Samples.Sample sample(LaneView view, LedgerView row) {
        LaneKey key = view.key();
        Metrics.Heard heard = parts.metrics().heard(key.pipeline(), key.integration());
        TrimmedKeys.Report report = parts.trimmed().of(key);
        long trimmed = report.other()
                + report.events().stream().mapToLong(TrimmedKeys.OfEvent::count).sum();
        return new Samples.Sample(parts.clock().millis(), row.pending(), heard.silent(), heard.all(), trimmed);
    }

    /// The names that the pinned revision maps.
    private Set<String> mapped(LaneKey key) {
        Workspace now = parts.workspace().get();
        return Optional.ofNullable(now.pipelines().get(key.pipeline())).stream()
                .map(Pipeline::integrations)
                .flatMap(List::stream)
                .filter(pin -> pin.integration().equals(key.integration()))
                .map(pin -> new RevisionKey(pin.integration(), pin.revision()))
                .flatMap(revision -> Optional.ofNullable(now.integrations().get(revision)).stream())
                .findFirst()
                .map(Integration::mappedEvents)
                .orElse(Set.of());
    }
}
