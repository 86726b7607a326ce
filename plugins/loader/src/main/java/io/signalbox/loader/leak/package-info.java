/** What holds the classes of a plugin that was unloaded: found, removed where that is possible. */
@NullMarked
package io.signalbox.loader.leak;

import org.jspecify.annotations.NullMarked;
