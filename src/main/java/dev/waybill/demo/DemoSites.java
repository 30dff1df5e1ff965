package dev.waybill.demo;

import java.net.URI;
import java.util.List;

/// The names under which a browser on this machine reaches the demo. The shop and Kargo's stand-in are two sites to it,
/// as they are in the world: browsers resolve every name under `localhost` to this machine, and keep their cookies
/// apart.
///
/// @param port where shop and collector listen
/// @param sandbox where the sandbox listens, without a slash at the end
public record DemoSites(int port, URI sandbox) {
    /// The shop's own address, such as `http://shop.localhost:8080`, without a slash at the end.
    public String shop() {
        return "http://shop.localhost" + suffix(port);
    }

    /// The origins under which the shop may be opened, its own address first.
    public List<String> origins() {
        return origins(port);
    }

    /// The same, before the sandbox listens.
    ///
    /// @param port where shop and collector will listen
    public static List<String> origins(int port) {
        String suffix = suffix(port);
        return List.of("http://shop.localhost" + suffix, "http://localhost" + suffix, "http://127.0.0.1" + suffix);
    }

    /// Where pages ask for the identity, such as `http://crb.localhost:8081/id`. A sandbox that listens on another
    /// address than loopback keeps its own name.
    public String idUrl() {
        return idSite() + "/id";
    }

    String idSite() {
        return sandbox.getHost().equals("127.0.0.1")
                ? "http://crb.localhost" + suffix(sandbox.getPort())
                : sandbox.toString();
    }

    private static String suffix(int port) {
        return port == 80 ? "" : ":" + port;
    }
}
