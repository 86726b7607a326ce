@NullMarked
package io.signalbox.gateway.offers;

import org.jspecify.annotations.NullMarked;
