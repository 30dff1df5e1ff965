/// The product from outside, as its users have it: real processes started by `./waybill`, real files, real HTTP.
/// These tests carry the tag `e2e`; when one fails, the end of every process's log is printed.
@NullMarked
package dev.waybill.e2e;

import org.jspecify.annotations.NullMarked;
