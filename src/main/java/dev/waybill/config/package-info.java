/// YAML as people write it: values that know their file, path and line, and one list that gathers every problem, so
/// that
/// all of them are told at once. Used for a workspace's files and for kits.
///
/// A [dev.waybill.config.Problems] and the nodes read with it belong to one thread; a [dev.waybill.config.Problem] is a
/// value.
@NullMarked
package dev.waybill.config;

import org.jspecify.annotations.NullMarked;
