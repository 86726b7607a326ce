/** Delivers mail over SMTP, through any server that takes it from us. */
@NullMarked
package io.signalbox.provider.smtp;

import org.jspecify.annotations.NullMarked;
