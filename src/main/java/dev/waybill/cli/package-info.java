/// The verbs of the command line: each reads its options, calls a box, and prints. Exit status: 0 done, 1 the answer is
/// no, 2 wrong use, 3 can't run.
@NullMarked
package dev.waybill.cli;

import org.jspecify.annotations.NullMarked;
