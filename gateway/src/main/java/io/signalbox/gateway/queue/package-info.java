/** What waits: lanes by channel and priority, a bounded window in memory over the ledger. */
@NullMarked
package io.signalbox.gateway.queue;

import org.jspecify.annotations.NullMarked;
