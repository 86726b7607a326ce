@NullMarked
package io.signalbox.loader;

import org.jspecify.annotations.NullMarked;
