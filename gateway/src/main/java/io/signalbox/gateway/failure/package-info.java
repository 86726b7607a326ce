/**
 * What can go wrong with an operation, in the same words wherever it goes wrong: an error of a
 * provider, of what was asked, or of the database. Each becomes a problem document and a line of
 * the log by a pure function. The lowest room but for {@code model}, {@code text} and {@code
 * notification}: every other may speak of errors.
 */
@NullMarked
package io.signalbox.gateway.failure;

import org.jspecify.annotations.NullMarked;
