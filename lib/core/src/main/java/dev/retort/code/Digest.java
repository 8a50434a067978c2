package dev.retort.code;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A hash of text, short enough to be read by people. */
final class Digest {
  private static final int LETTERS = 16;

  private final MessageDigest sha256;

  Digest() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static String of(String text) {
    Digest digest = new Digest();
    digest.add(text);
    return digest.letters();
  }

  void add(String text) {
    sha256.update(text.getBytes(StandardCharsets.UTF_8));
  }

  String letters() {
    return HexFormat.of().formatHex(sha256.digest()).substring(0, LETTERS);
  }
}
