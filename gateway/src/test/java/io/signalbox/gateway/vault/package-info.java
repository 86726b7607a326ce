@NullMarked
package io.signalbox.gateway.vault;

import org.jspecify.annotations.NullMarked;
