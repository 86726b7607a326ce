/**
 * Words for people: what they may have meant, what they must not see, how often trouble is named.
 */
@NullMarked
package io.signalbox.gateway.text;

import org.jspecify.annotations.NullMarked;
