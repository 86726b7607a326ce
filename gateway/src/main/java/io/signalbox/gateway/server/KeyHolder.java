package io.signalbox.gateway.server;

import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.vault.Vault;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys that seal what is stored, if there are any, while the gateway runs. */
final class KeyHolder {
  private volatile @Nullable Vault vault;

  /** Reads them; fails with what is wrong with their file. */
  Future<Void> open(Vertx vertx, Optional<Path> file) {
    return file.isEmpty()
        ? Future.succeededFuture()
        : Vault.open(vertx, file.get()).onSuccess(opened -> vault = opened).mapEmpty();
  }

  /** Under which what is personal is stored. */
  Seal seal() {
    Vault opened = vault;
    return opened == null ? Seal.NONE : opened;
  }

  /** Looks for no more keys. */
  void close() {
    Vault opened = vault;
    if (opened != null) {
      opened.close();
    }
  }
}
