/** The system of record: the port and its values. Adapters live in packages below. */
@NullMarked
package io.signalbox.gateway.ledger;

import org.jspecify.annotations.NullMarked;
