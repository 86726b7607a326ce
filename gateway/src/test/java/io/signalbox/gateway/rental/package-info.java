@NullMarked
package io.signalbox.gateway.rental;

import org.jspecify.annotations.NullMarked;
