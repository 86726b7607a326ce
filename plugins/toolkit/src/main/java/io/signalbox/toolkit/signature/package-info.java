/**
 * The signature schemes of webhooks. Every verifier parses its keys once, is immutable and
 * thread-safe, costs microseconds, and answers each input with a {@link
 * io.signalbox.toolkit.signature.SignatureCheck}: no input makes it throw.
 */
@NullMarked
package io.signalbox.toolkit.signature;

import org.jspecify.annotations.NullMarked;
