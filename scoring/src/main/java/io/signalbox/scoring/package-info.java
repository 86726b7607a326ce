@NullMarked
package io.signalbox.scoring;

import org.jspecify.annotations.NullMarked;
