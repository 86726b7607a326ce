package io.signalbox.gateway.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Who the owners of certificates are.
 *
 * @param byName callers by a name of their certificate, see {@link CertificateNames}
 */
record CertificateCallers(Map<String, Caller> byName) {
  static final CertificateCallers NONE = new CertificateCallers(Map.of());

  private static final int MOST_BYTES = 1 << 20;
  private static final int LONGEST = 200;
  private static final String SCOPES = "scopes";
  private static final Set<String> FIELDS = Set.of("certificate", "subject", "tenant", "roles");
  private static final Pattern NAME = Pattern.compile("(uri|dns|cn):\\S.*");

  CertificateCallers {
    byName = Map.copyOf(byName);
  }

  /** The caller of the first name that is one's. */
  Optional<Caller> find(List<String> names) {
    return names.stream().filter(byName::containsKey).findFirst().map(byName::get);
  }

  /**
   * Reads the file: a list {@code callers}, each with {@code certificate}, {@code subject}, {@code
   * tenant}, {@code roles} and, if wanted, {@code scopes}. Blocks.
   *
   * @throws IOException if it cannot be read or has a mistake, which it names
   */
  static CertificateCallers read(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(file + " must have at most " + MOST_BYTES + " bytes");
    }
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    Object root;
    try {
      root = new Yaml(new SafeConstructor(options)).load(Files.readString(file));
    } catch (YAMLException e) {
      throw new IOException(file + " must be YAML", e);
    }
    if (!(root instanceof Map<?, ?> map)
        || map.size() != 1
        || !(map.get("callers") instanceof List<?> list)) {
      throw new IOException(file + " must have a list callers, and nothing else");
    }
    Map<String, Caller> byName = new HashMap<>();
    for (int i = 0; i < list.size(); i++) {
      String where = file + ": callers[" + i + "]";
      Map<?, ?> entry = list.get(i) instanceof Map<?, ?> block ? block : Map.of();
      Set<Object> fields = new HashSet<>(entry.keySet());
      fields.remove(SCOPES);
      if (!fields.equals(FIELDS)) {
        throw new IOException(
            where + " must have certificate, subject, tenant, roles, if wanted scopes, alone");
      }
      if (byName.put(name(where, entry), caller(where, entry)) != null) {
        throw new IOException(where + ".certificate stands there twice");
      }
    }
    return new CertificateCallers(byName);
  }

  private static String name(String where, Map<?, ?> entry) throws IOException {
    String name = text(where, entry, "certificate", 2 * LONGEST);
    if (!NAME.matcher(name).matches()) {
      throw new IOException(where + ".certificate must begin with uri:, dns: or cn:");
    }
    return name.startsWith("dns:") ? name.toLowerCase(Locale.ROOT) : name;
  }

  private static Caller caller(String where, Map<?, ?> entry) throws IOException {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (Object role : entry.get("roles") instanceof List<?> list ? list : List.of()) {
      roles.add(
          Role.find(String.valueOf(role))
              .orElseThrow(() -> new IOException(where + ".roles: " + role + " is no role")));
    }
    if (roles.isEmpty()) {
      throw new IOException(where + ".roles must be a list with a role at least");
    }
    return new Caller(
        text(where, entry, "subject", LONGEST),
        text(where, entry, "tenant", LONGEST),
        roles,
        Caller.Credential.CERTIFICATE,
        entry.containsKey(SCOPES) ? scopes(where, entry) : Scopes.ALL,
        null);
  }

  private static Scopes scopes(String where, Map<?, ?> entry) throws IOException {
    List<String> words = new ArrayList<>();
    for (Object word : entry.get(SCOPES) instanceof List<?> list ? list : List.of()) {
      if (!(word instanceof String text) || !Scopes.isOne(text)) {
        throw new IOException(where + ".scopes: " + word + " is no scope");
      }
      words.add(text);
    }
    if (words.isEmpty()) {
      throw new IOException(where + ".scopes must be a list with a scope at least");
    }
    return Scopes.of(words);
  }

  private static String text(String where, Map<?, ?> entry, String field, int longest)
      throws IOException {
    if (entry.get(field) instanceof String text && !text.isBlank() && text.length() <= longest) {
      return text;
    }
    throw new IOException(where + "." + field + " must be a text of 1 to " + longest);
  }
}
