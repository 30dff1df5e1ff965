package dev.waybill.deliver;

import dev.waybill.kit.Delivery;
import java.io.IOException;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/// How the HTTP client is set up: HTTP/1.1, nothing done behind our back (no retry, redirect, cookie, unpacking or
/// proxy), everything that is read bounded.
final class Connections {
    private static final Http1Config BOUNDS = Http1Config.custom()
            .setMaxLineLength(8 * 1024)
            .setMaxHeaderCount(100)
            .build();
    /// A connection that rested this long is looked at before it is used.
    private static final TimeValue VALIDATE_AFTER = TimeValue.ofMilliseconds(500);
    /// Common servers close after 5 s of rest and don't say so.
    private static final TimeValue REST = TimeValue.ofSeconds(4);
    private static final TimeValue LONGEST_REST = TimeValue.ofSeconds(60);
    /// Then the name is looked up again: destinations move.
    private static final TimeValue LIFETIME = TimeValue.ofMinutes(5);

    private Connections() {}

    static CloseableHttpClient client(Delivery delivery, AddressGuard guard, HostLookup lookup) {
        return HttpClientBuilder.create()
                .setConnectionManager(pool(delivery, lookup))
                .setRequestExecutor(new GuardedExecutor(guard))
                .setKeepAliveStrategy((response, _) -> rest(response))
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout(delivery))
                        .setResponseTimeout(Timeout.DISABLED)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .evictExpiredConnections()
                // It looks ten times in that time, and once a minute if this were left out.
                .evictIdleConnections(LONGEST_REST)
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableConnectionState()
                .disableDefaultUserAgent()
                .build();
    }

    private static PoolingHttpClientConnectionManager pool(Delivery delivery, HostLookup lookup) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(lookup)
                .setMaxConnTotal(delivery.concurrency())
                .setMaxConnPerRoute(delivery.concurrency())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout(delivery))
                        .setSocketTimeout(Timeout.DISABLED)
                        .setValidateAfterInactivity(VALIDATE_AFTER)
                        .setTimeToLive(LIFETIME)
                        .build())
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(BOUNDS)
                        .responseParserFactory(new DefaultHttpResponseParserFactory(BOUNDS))
                        .build())
                .build();
    }

    private static Timeout timeout(Delivery delivery) {
        return Timeout.of(delivery.timeout());
    }

    /// What the server's `Keep-Alive: timeout=` says, less a second for the way.
    private static TimeValue rest(HttpResponse response) {
        var elements = MessageSupport.iterate(response, "keep-alive");
        while (elements.hasNext()) {
            var element = elements.next();
            @Nullable String value = element.getValue();
            if (element.getName().equalsIgnoreCase("timeout") && value != null && value.matches("[0-9]{1,9}")) {
                long seconds = Math.min(LONGEST_REST.toSeconds(), Long.parseLong(value) - 1);
                return seconds > 0 ? TimeValue.ofSeconds(seconds) : TimeValue.ofMilliseconds(1);
            }
        }
        return REST;
    }

    /// Looks at the far end of the connection before a request is written to it, also when it comes from the pool.
    private static final class GuardedExecutor extends HttpRequestExecutor {
        private final AddressGuard guard;

        GuardedExecutor(AddressGuard guard) {
            this.guard = guard;
        }

        @Override
        public ClassicHttpResponse execute(
                ClassicHttpRequest request,
                HttpClientConnection connection,
                @Nullable HttpResponseInformationCallback informationCallback,
                HttpContext context)
                throws IOException, HttpException {
            guard.check(connection.getRemoteAddress());
            return super.execute(request, connection, informationCallback, context);
        }
    }
}
