/** Tests of the whole, and of what no single module can see. */
@NullMarked
package io.signalbox.deploy;

import org.jspecify.annotations.NullMarked;
