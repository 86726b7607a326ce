package io.signalbox.gateway.bus;

import io.signalbox.gateway.model.WorkItem;

/**
 * Tells the dispatcher of a notification that was just stored. A doorbell: if it is lost, the
 * sweeper finds the notification in the ledger.
 */
public record WorkMessage(WorkItem item) implements LocalMessage {}
