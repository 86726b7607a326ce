package io.signalbox.gateway.bus;

import java.util.List;

/**
 * Other routing policies are in force, published. What applies is read where it is needed; this
 * only says that it is worth a look.
 *
 * @param names all that are in force now
 */
public record PoliciesChanged(List<String> names) implements LocalMessage {
  /** Copies the list. */
  public PoliciesChanged {
    names = List.copyOf(names);
  }
}
