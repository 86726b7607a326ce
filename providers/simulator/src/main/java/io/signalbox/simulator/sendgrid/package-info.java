/** SendGrid's mail send call and its signed event webhook. */
@NullMarked
package io.signalbox.simulator.sendgrid;

import org.jspecify.annotations.NullMarked;
