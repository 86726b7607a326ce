@NullMarked
package io.signalbox.toolkit;

import org.jspecify.annotations.NullMarked;
