/** The keys that seal what the ledger stores, and their use. */
@NullMarked
package io.signalbox.gateway.vault;

import org.jspecify.annotations.NullMarked;
