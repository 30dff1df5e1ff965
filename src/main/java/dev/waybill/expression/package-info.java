/// Conditions and computed values of playbooks, in CEL, Google's Common Expression Language, over the variable
/// `event`. The only package that touches CEL; a playbook without expressions never loads it.
///
/// Checked when a playbook is read ([dev.waybill.expression.CompileCheck]): syntax, result type, length, nesting of
/// loops, every regex. Bounded when it runs ([dev.waybill.expression.Effort]): steps of loops, characters made by
/// joining texts, characters looked through. Nothing but CEL's standard functions is there to call: no I/O, no clock,
/// no other variable.
///
/// Everything is immutable and safe for threads. What an expression meets in a hostile event is never an exception: a
/// condition does not hold, a computed value is absent.
@NullMarked
package dev.waybill.expression;

import org.jspecify.annotations.NullMarked;
