package dev.waybill.alert;

import dev.waybill.attention.Findings;
import dev.waybill.attention.Subject;
import dev.waybill.deliver.AddressGuard;
import dev.waybill.metrics.Metrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks every 15 seconds at what needs attention and tells people. Safe for threads.
public final class Alerts implements AutoCloseable {
    static final long MIN_DISTANCE_MILLIS = Duration.ofMinutes(1).toMillis();
    static final long FIRST_RETRY_MILLIS = Duration.ofSeconds(15).toMillis();
    static final long LONGEST_RETRY_MILLIS = Duration.ofMinutes(15).toMillis();

    private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);
    private static final Duration INTERVAL = Duration.ofSeconds(15);
    private static final int MAX_DOUBLINGS = 6;

    private final Function<Set<Subject>, Findings> attention;
    private final AlertFiles files;
    private final Webhook webhook;
    private final Metrics metrics;
    private final InstantSource clock;
    private final Thread thread;
    private final AlertBook book = new AlertBook();
    /// One look, or one change of the settings, at a time.
    private final ReentrantLock turns = new ReentrantLock();

    private volatile AlertSettings settings;
    private volatile List<Alert> open = List.of();
    private volatile @Nullable Last last;
    private long sentAt;
    private int failures;
    private long notBefore;

    /// What became of the last message.
    ///
    /// @param at in milliseconds of the epoch
    /// @param result `sent`, `failed` or `refused`
    /// @param detail the status, or why there is none; without URL and secret
    public record Last(long at, String result, String detail) {}

    /// What became of a test.
    ///
    /// @param answer the beginning of the receiver's answer, which may hold the URL
    public record Tested(boolean sent, String detail, String answer) {}

    /// Goes on from what the data directory holds.
    ///
    /// @param attention asked at each look, with what isn't over yet
    /// @param guard which addresses may be sent to
    public Alerts(
            Path data,
            Function<Set<Subject>, Findings> attention,
            AddressGuard guard,
            Metrics metrics,
            InstantSource clock) {
        this.attention = attention;
        this.files = new AlertFiles(data);
        this.webhook = new Webhook(guard, clock);
        this.metrics = metrics;
        this.clock = clock;
        this.settings = files.settings();
        files.state().ifPresent(state -> {
            book.restore(state);
            sentAt = AlertBook.number(state, "sentAt");
        });
        this.open = book.open();
        this.thread = Thread.ofPlatform().name("alerts").daemon().unstarted(this::run);
    }

    /// Begins to look. Called once.
    public void start() {
        thread.start();
    }

    @SuppressWarnings("BusyWait") // the pause is the pace of the work, nothing is waited for
    private void run() {
        try {
            while (true) {
                try {
                    turn();
                } catch (RuntimeException e) {
                    LOG.error("Looking for what needs attention failed; it goes on with the next look.", e);
                }
                Thread.sleep(INTERVAL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// One look, and at most one message.
    void turn() {
        turns.lock();
        try {
            long now = clock.millis();
            AlertSettings current = settings;
            book.observe(attention.apply(book.subjects()), current.kinds(), now);
            if (current.sends()) {
                send(current, now);
            }
            if (book.takeChanged()) {
                save();
            }
            open = book.open();
        } finally {
            turns.unlock();
        }
    }

    private void send(AlertSettings current, long now) {
        List<Alert> due = book.due();
        boolean tooSoon = now < notBefore || (now >= sentAt && now - sentAt < MIN_DISTANCE_MILLIS);
        if (due.isEmpty() || tooSoon) {
            return;
        }
        Webhook.Sent sent = webhook.send(AlertMessage.of(due, now), text(current.url()), text(current.secret()));
        note(sent, now);
        if (sent.result() == Webhook.Result.SENT) {
            failures = 0;
            sentAt = now;
            book.told(due);
        } else {
            long wait = Math.min(LONGEST_RETRY_MILLIS, FIRST_RETRY_MILLIS << Math.min(failures, MAX_DOUBLINGS));
            failures++;
            notBefore = now + wait;
            LOG.warn(
                    "An alert to {} was not taken ({}); it is tried again in {} s.",
                    current.host(),
                    sent.detail(),
                    wait / 1000);
        }
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private void note(Webhook.Sent sent, long now) {
        metrics.alertSent(sent.result().text());
        last = new Last(now, sent.result().text(), sent.detail());
    }

    private void save() {
        try {
            files.write(book.json().toBuilder().put("sentAt", sentAt).build());
        } catch (IOException e) {
            LOG.error("What people were told can't be kept ({}); a restart may repeat it.", e.toString());
        }
    }

    public AlertSettings settings() {
        return settings;
    }

    /// Puts other settings in force, durably before it returns. What was due is tried at once.
    public void change(AlertSettings next) throws IOException {
        turns.lock();
        try {
            files.write(next);
            settings = next;
            failures = 0;
            notBefore = 0;
        } finally {
            turns.unlock();
        }
    }

    /// What is the case and told, or about to be, the most urgent first; as of the last look.
    public List<Alert> open() {
        return open;
    }

    /// What became of the last message since the start; empty when none was sent.
    public Optional<Last> last() {
        return Optional.ofNullable(last);
    }

    /// Sends a test, whether alerts are enabled or not; waits 10 seconds at most.
    ///
    /// @throws IllegalStateException when there is no webhook
    public Tested test() {
        AlertSettings current = settings;
        if (current.url() == null || current.secret() == null) {
            throw new IllegalStateException("there is no webhook yet; give its url with PUT /api/alerts");
        }
        Webhook.Sent sent = webhook.send(AlertMessage.test(clock.millis()), current.url(), current.secret());
        note(sent, clock.millis());
        return new Tested(sent.result() == Webhook.Result.SENT, sent.detail(), sent.answer());
    }

    /// Stops looking. What was due is told after the next start.
    @Override
    public void close() {
        thread.interrupt();
        webhook.close();
    }
}
