import io.signalbox.gateway.security.Caller;
import io.signalbox.gateway.security.Role;
import io.signalbox.gateway.security.SigningKey;
import io.signalbox.gateway.security.TokenIssuer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/** Prints a sender's token for each of so many tenants. Arguments: the gateway's key, how many. */
public final class Tokens {
  private Tokens() {}

  public static void main(String[] arguments) throws IOException {
    SigningKey key = SigningKey.loadOrCreate(Path.of(arguments[0]), new SecureRandom());
    TokenIssuer issuer = new TokenIssuer(key, Clock.systemUTC());
    for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
      System.out.println(
          issuer.issue(
              new Caller("bench", "tenant-" + i, Set.of(Role.SENDER)), Duration.ofDays(1)));
    }
  }
}
