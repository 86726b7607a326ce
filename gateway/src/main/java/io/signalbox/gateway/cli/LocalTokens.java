package io.signalbox.gateway.cli;

import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.security.Caller;
import io.signalbox.gateway.security.SigningKey;
import io.signalbox.gateway.security.TokenIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/** Makes tokens with the key in the data directory. Blocks. */
final class LocalTokens {
  private LocalTokens() {}

  /** A token; the key is made first if there is none yet. */
  static String issue(GatewayConfig config, Caller caller, Duration ttl) {
    Path file = config.security().jwtKeyFile();
    try {
      SigningKey key = SigningKey.loadOrCreate(file, new SecureRandom());
      return new TokenIssuer(key, Clock.systemUTC()).issue(caller, ttl);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCodes.FAILED, "the key " + file + " cannot be read or made: " + e);
    }
  }

  /**
   * A token for a command that asks a server: a key made for it now would be nobody's.
   *
   * @throws CommandFailure if there is no key that can be read
   */
  static String ofServer(GatewayConfig config, Caller caller, Duration ttl) {
    Path file = config.security().jwtKeyFile();
    if (!Files.isReadable(file)) {
      throw new CommandFailure(
          ExitCodes.NO_PERMISSION,
          "no token is given for this gateway, and there is no key "
              + file
              + " that can be read to make one with: give --token-file or SIGNALBOX_TOKEN, or name the"
              + " gateway's data with --set data.dir=DIR");
    }
    return issue(config, caller, ttl);
  }
}
