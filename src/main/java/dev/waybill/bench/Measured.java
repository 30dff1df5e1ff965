package dev.waybill.bench;

import java.io.IOException;
import java.time.Duration;

/// A load's result with the CPU that the process under it used meanwhile.
record Measured(LoadResult load, Duration cpu) {
    static Measured of(Child server, Load load) throws IOException {
        Duration before = ProcessUsage.cpu(server.handle());
        LoadResult result = LoadGenerator.send(load);
        return new Measured(result, ProcessUsage.cpu(server.handle()).minus(before));
    }

    double cpuMicrosPerRequest() {
        return cpu.toNanos() / 1e3 / Math.max(1, load.accepted());
    }
}
