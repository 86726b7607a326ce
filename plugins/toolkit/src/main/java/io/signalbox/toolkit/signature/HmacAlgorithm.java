package io.signalbox.toolkit.signature;

/** The keyed hashes that providers sign with. */
public enum HmacAlgorithm {
  /** Broken as a hash; as a keyed one it still holds, and old APIs use it. */
  MD5("HmacMD5"),
  /** As MD5. */
  SHA1("HmacSHA1"),
  /** The usual one. */
  SHA256("HmacSHA256"),
  /** A longer one. */
  SHA512("HmacSHA512");

  private final String standardName;

  HmacAlgorithm(String standardName) {
    this.standardName = standardName;
  }

  /** The name that the JDK knows it by. */
  String standardName() {
    return standardName;
  }
}
