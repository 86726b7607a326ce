package io.signalbox.toolkit.signature;

/** The keyed hashes that providers sign with. */
public enum HmacAlgorithm {
  MD5("HmacMD5"),
  SHA1("HmacSHA1"),
  SHA256("HmacSHA256"),
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
