/// YAML as people write it: its values as JSON, new files in a readable form, and changes of files that somebody wrote
/// by hand, which leave everything else in them as it was.
///
/// Pure: text in, text out. What is written is read again before it is handed out, so that no change can mean
/// anything but what was asked for. Immutable and safe for threads.
@NullMarked
package dev.waybill.yaml;

import org.jspecify.annotations.NullMarked;
