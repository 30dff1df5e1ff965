package dev.waybill.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/// What a process has used. From `/proc` where there is one, else from the JDK, which knows the CPU time only.
public final class ProcessUsage {
    /// Linux counts in these for every program, whatever the kernel's own tick.
    private static final int TICKS_PER_SECOND = 100;

    private ProcessUsage() {}

    /// CPU time of all the process's threads, user and system; zero when it has ended.
    public static Duration cpu(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            // The second field is the program's name in brackets, which may itself hold spaces and brackets.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
        } catch (IOException _) {
            return process.info().totalCpuDuration().orElse(Duration.ZERO);
        }
    }

    /// Resident memory in bytes, or empty where it can't be told.
    public static OptionalLong residentBytes(ProcessHandle process) {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst();
        } catch (IOException _) {
            return OptionalLong.empty();
        }
    }
}
