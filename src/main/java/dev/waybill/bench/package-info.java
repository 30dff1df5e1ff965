/// Measures this machine: a cheap load generator, a cheap destination, and the figures that are made with them.
///
/// What is measured runs as a real process of its own (`waybill serve`, and a bare echo server to compare with),
/// started with the JVM options and class path of the bench itself; generator and sink share the bench's process,
/// one thread each, so that the server's CPU can be read apart. Ratios come from rounds that take turns in one
/// run, because the same code varies by half between two runs on a shared machine.
///
/// Everything is bounded in time and count and speaks to 127.0.0.1 only. The data lies in a directory that is
/// deleted.
@NullMarked
package dev.waybill.bench;

import org.jspecify.annotations.NullMarked;
