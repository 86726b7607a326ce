/**
 * What is checked of a plugin's jar before a class of it is loaded: that it is whole and within
 * limits, whom it comes from, and that it fits this gateway.
 */
@NullMarked
package io.signalbox.loader.check;

import org.jspecify.annotations.NullMarked;
