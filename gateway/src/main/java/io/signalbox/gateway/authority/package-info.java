/** A private authority for certificates of host names that belong to others. */
@NullMarked
package io.signalbox.gateway.authority;

import org.jspecify.annotations.NullMarked;
