/** The API of Postmark. */
@NullMarked
package io.signalbox.gateway.compat.postmark;

import org.jspecify.annotations.NullMarked;
