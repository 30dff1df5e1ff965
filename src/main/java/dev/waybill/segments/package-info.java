/// One append-only log of checked frames in segment files. The event log, a lane's journal and the dead
/// letters stand on it.
///
/// # Constraints
///
/// - Sequences are dense: each frame's is one more than that of the frame before it. So the size of any gap
///   is known.
/// - Every frame is checksummed. Nothing is believed before its checksum fits: no length, no sequence, no
///   time.
/// - A frame never spans segments, and a written byte is never rewritten.
/// - Only the last segment, the active one, grows. All others are sealed.
/// - A damaged place costs what stood there, never what stands before or behind it.
/// - The end never goes back: a sequence that was once given out and could have been seen is not given out
///   again.
/// - Whoever sends events can't forge a frame: see `marker`.
///
/// # On disk
///
/// Numbers are big-endian. A segment is `NNN.log`, where NNN is the first sequence in 20 digits.
///
/// ```
/// segment   = header frame*
/// header    = magic:    u32 "WBSG"
///             version:  u32 1
///             first:    u64 the first sequence, as in the name
///             marker:   u32 begins every frame of the segment
///             checksum: u32 CRC32C of the 20 bytes before
/// frame     = marker:   u32
///             length:   u32 bytes of payload, at most 16 MiB
///             checksum: u32 CRC32C of all that follows
///             sequence: u64
///             time:     u64 milliseconds of the epoch, chosen by the writer; about ascending
///             payload:  length bytes
/// ```
///
/// The marker is drawn at random when the log is made and then kept. After damage a reader looks for the next
/// frame in bytes that strangers sent; with a marker they can't know, they can't plant one there.
///
/// Beside a sealed segment stands `NNN.idx`, a shortcut that may be missing or wrong at no cost but time:
///
/// ```
/// index     = magic:    u32 "WBIX"
///             version:  u32 1
///             length:   u64 of the segment file; the index counts only while it fits
///             end:      u64 position behind the last readable frame
///             next:     u64 sequence behind the last readable frame
///             oldest:   u64 lowest time
///             newest:   u64 highest time
///             count:    u32 of entries
///             entries:  (sequence: u64, position: u64, newestBefore: u64)*   about one per 64 KiB
///             checksum: u32 CRC32C of all before
/// ```
///
/// Other files with the same number belong to the log's owner, and go when the segment goes.
///
/// # Writing
///
/// One thread. `append` encodes into a buffer, `write` hands the buffer to the file in one go, `force` makes
/// it durable. A frame that would make the segment too long begins a new one. At such a roll the old segment
/// is forced before the new one exists, and the directory is forced after: so a torn end can stand in the
/// last segment only. After a failed write or force nothing more is written: what the page cache holds then
/// is anybody's guess.
///
/// # Reading
///
/// Any number of threads, each with a file handle and a buffer of its own. A reader sees whole writes only,
/// and goes no further than its caller lets it (to what is durable). Where the expected frame is not, it
/// searches for the next marker with a plausible length, a fitting checksum and a plausible sequence, and
/// says what range is lost. Each damaged place is reported once by a process.
///
/// # Recovery
///
/// On open the active segment is scanned, and so is a sealed one whose index does not fit. What follows the
/// last readable frame of the active segment is a torn tail: cut and reported. If the owner knows of higher
/// sequences than were found, a new segment begins there, and the gap between is lost. A segment with a
/// damaged header is read with the log's marker and gets no more frames; one without any readable frame is
/// put aside as `NNN.damaged`.
///
/// # Deleting
///
/// Whole sealed segments from the oldest on, index first, then the segment; then the directory is forced. A
/// reader inside one finishes it and goes on with the oldest that is left.
@NullMarked
package dev.waybill.segments;

import org.jspecify.annotations.NullMarked;
