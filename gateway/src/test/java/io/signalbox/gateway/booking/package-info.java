@NullMarked
package io.signalbox.gateway.booking;

import org.jspecify.annotations.NullMarked;
