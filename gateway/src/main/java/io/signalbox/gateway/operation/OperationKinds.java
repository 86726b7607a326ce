package io.signalbox.gateway.operation;

import io.signalbox.spi.Channel;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of operations that there are. Immutable. */
public final class OperationKinds {
  private final Map<Channel, OperationKind<?>> kinds = new EnumMap<>(Channel.class);

  /** Of each channel at most one. */
  public OperationKinds(Collection<? extends OperationKind<?>> all) {
    all.forEach(kind -> kinds.put(kind.channel(), kind));
  }

  /** The kind of a channel; null if there is none. */
  public @Nullable OperationKind<?> of(Channel channel) {
    return kinds.get(channel);
  }
}
