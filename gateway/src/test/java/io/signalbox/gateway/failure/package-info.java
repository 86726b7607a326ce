@NullMarked
package io.signalbox.gateway.failure;

import org.jspecify.annotations.NullMarked;
