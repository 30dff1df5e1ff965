package dev.waybill.log;

import dev.waybill.segments.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What to delete from some logs. Pure: decides, and does nothing.
final class RetentionPlan {
    /// A log as the plan sees it.
    ///
    /// @param segments oldest first, the last one active
    /// @param needed the lowest sequence that a lane still needs
    record Candidate(List<Segment> segments, long needed) {}

    /// What to do with one log.
    ///
    /// @param dropBefore no segment wholly before it is kept
    /// @param seal whether the active segment should be sealed, because it could be dropped then
    record Step(long dropBefore, boolean seal) {}

    /// @param steps one for each log, in the same order
    /// @param bytesLeft what the logs hold afterwards
    record Outcome(List<Step> steps, long bytesLeft) {}

    private static final class Progress {
        private final Candidate log;
        private int dropped;
        private boolean seal;

        Progress(Candidate log) {
            this.log = log;
        }

        /// The oldest segment that can go next; empty when there is none or a lane needs it.
        Optional<Segment> oldest(boolean evenIfNeeded) {
            if (seal) {
                return Optional.empty();
            }
            Segment segment = log.segments().get(dropped);
            boolean isEmptyActive = isActive() && segment.next() == segment.first();
            return isEmptyActive || (end() > log.needed() && !evenIfNeeded) ? Optional.empty() : Optional.of(segment);
        }

        private boolean isActive() {
            return dropped == log.segments().size() - 1;
        }

        private long end() {
            return isActive()
                    ? log.segments().get(dropped).next()
                    : log.segments().get(dropped + 1).first();
        }

        void drop() {
            if (isActive()) {
                seal = true;
            } else {
                dropped++;
            }
        }

        Step step() {
            return new Step(log.segments().get(dropped).first(), seal);
        }
    }

    private RetentionPlan() {}

    /// Plans by time, then by size, oldest first over all logs.
    ///
    /// @param before segments whose events are all older may go; milliseconds of the epoch
    /// @param maxBytes of all logs together
    /// @param dropNeeded whether size may cost events that a lane still needs; age never does
    static Outcome of(List<Candidate> logs, long before, long maxBytes, boolean dropNeeded) {
        List<Progress> all = new ArrayList<>();
        long bytes = 0;
        for (Candidate log : logs) {
            all.add(new Progress(log));
            bytes += log.segments().stream().mapToLong(Segment::bytes).sum();
        }
        for (Progress log : all) {
            Optional<Segment> oldest = log.oldest(false);
            while (oldest.isPresent() && oldest.get().newest() < before) {
                bytes -= oldest.get().bytes();
                log.drop();
                oldest = log.oldest(false);
            }
        }
        while (bytes > maxBytes) {
            Optional<Progress> next = all.stream()
                    .filter(log -> log.oldest(dropNeeded).isPresent())
                    .min(Comparator.comparingLong(
                            log -> log.oldest(dropNeeded).orElseThrow().newest()));
            if (next.isEmpty()) {
                break;
            }
            bytes -= next.get().oldest(dropNeeded).orElseThrow().bytes();
            next.get().drop();
        }
        return new Outcome(all.stream().map(Progress::step).toList(), bytes);
    }
}
