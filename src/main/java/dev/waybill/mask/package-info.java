/// Takes what identifies a person out of an event and leaves the event's shape, so that it maps alike and may lie in a
/// repository.
///
/// # Invariants
///
/// - The same text becomes the same fake everywhere within one [dev.waybill.mask.Masking], and fakes of other texts
///   differ from it.
/// - A fake has the shape of what it stands for: letters for letters, hex digits for hex digits, digits for digits, as
///   many, and everything between as it was.
/// - Fakes are drawn at random from a key that is kept nowhere: nobody can compute back, nor check a guess.
/// - Rather too much than too little: what merely may identify is masked.
///
/// Pure but for the random key. A [dev.waybill.mask.Masking] belongs to one thread.
@NullMarked
package dev.waybill.mask;

import org.jspecify.annotations.NullMarked;
