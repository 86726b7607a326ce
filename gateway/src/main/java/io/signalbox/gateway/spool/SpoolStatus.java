package io.signalbox.gateway.spool;

/**
 * How a spool is.
 *
 * @param exists whether there is one for what is accepted while the ledger is away
 * @param takes whether it has room for that
 * @param active whether notifications go there now, and not into the ledger
 * @param fenced whether that is because others have taken this node for dead; else the ledger is
 *     away
 * @param entries how many notifications are in it
 * @param bytes what they count for
 */
public record SpoolStatus(
    boolean exists, boolean takes, boolean active, boolean fenced, long entries, long bytes) {

  /** Where there is no spool. */
  public static final SpoolStatus NONE = new SpoolStatus(false, false, false, false, 0, 0);
}
