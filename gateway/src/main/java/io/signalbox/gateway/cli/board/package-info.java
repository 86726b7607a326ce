/** How a gateway is, in words for a terminal: what is wrong, why, and what is done about it. */
@NullMarked
package io.signalbox.gateway.cli.board;

import org.jspecify.annotations.NullMarked;
