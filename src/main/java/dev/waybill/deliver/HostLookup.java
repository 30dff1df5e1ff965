package dev.waybill.deliver;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;

/// Finds a host's addresses for one sender, and keeps those that the guard permits. The client connects to nothing that
/// has not come through here, literal addresses included.
///
/// The system's look-up can't be interrupted and holds on to the thread that carries a virtual one, so one host with a
/// dead name server could stop every lane. It runs on a platform thread, once for all that ask for the same host at
/// the same time, and who asks waits no longer than the deadline. Safe for threads.
final class HostLookup implements DnsResolver {
    private final Source source;
    private final AddressGuard guard;
    private final Duration patience;
    private final Map<String, CompletableFuture<InetAddress[]>> running = new ConcurrentHashMap<>();
    private final Executor platformThreads =
            task -> Thread.ofPlatform().daemon().name("waybill-lookup").start(task);

    /// What knows the addresses of a host.
    @FunctionalInterface
    interface Source {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    HostLookup(Source source, AddressGuard guard, Duration patience) {
        this.source = source;
        this.guard = guard;
        this.patience = patience;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        CompletableFuture<InetAddress[]> look = running.computeIfAbsent(host, this::start);
        try {
            return guard.permitted(host, look.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            throw because("The look-up of " + host + " took longer than " + patience.toMillis() + " ms.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw because("The look-up of " + host + " was interrupted.", e);
        } catch (ExecutionException e) {
            throw because("The host name " + host + " could not be resolved.", e);
        }
    }

    private CompletableFuture<InetAddress[]> start(String host) {
        CompletableFuture<InetAddress[]> look = new CompletableFuture<>();
        platformThreads.execute(() -> {
            try {
                look.complete(fetch(host, look));
            } catch (UnknownHostException | RuntimeException e) {
                look.completeExceptionally(e);
            }
        });
        return look;
    }

    /// Who asks after this has ended starts anew: keeping what was found is the system's business.
    private InetAddress[] fetch(String host, CompletableFuture<InetAddress[]> look) throws UnknownHostException {
        try {
            return source.addresses(host);
        } finally {
            running.remove(host, look);
        }
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    private static UnknownHostException because(String message, Exception cause) {
        UnknownHostException unknown = new UnknownHostException(message);
        unknown.initCause(cause);
        return unknown;
    }
}
