/// The directory that holds a server's data: who may use it, where things are, and how small files are
/// written so that a crash leaves either the old or the new one.
@NullMarked
package dev.waybill.data;

import org.jspecify.annotations.NullMarked;
