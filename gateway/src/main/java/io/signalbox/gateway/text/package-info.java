/** Words for people: what they may have meant. */
@NullMarked
package io.signalbox.gateway.text;

import org.jspecify.annotations.NullMarked;
