package org.millrace.it;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A key that a database shows to its clients, and the certificate that they know it by. */
record ServerKey(Path key, Path certificate) {

  private static final String PASSWORD = "password";

  /** A new one of 127.0.0.1, which certifies itself. */
  static ServerKey generate(Path folder) throws Exception {
    Path store = folder.resolve("key.p12");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", "key", "-keyalg", "RSA"));
    command.addAll(List.of("-dname", "CN=127.0.0.1", "-ext", "san=ip:127.0.0.1"));
    command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD));
    Process generation = new ProcessBuilder(command).inheritIO().start();
    if (generation.waitFor() != 0) {
      throw new IllegalStateException("keytool ended with " + generation.exitValue());
    }
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    Path key = folder.resolve("key.pem");
    write(key, "PRIVATE KEY", keys.getKey("key", PASSWORD.toCharArray()).getEncoded());
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Path certificate = folder.resolve("certificate.pem");
    write(certificate, "CERTIFICATE", keys.getCertificate("key").getEncoded());
    return new ServerKey(key, certificate);
  }

  private static void write(Path file, String what, byte[] content) throws Exception {
    String lines =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
    Files.writeString(
        file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(what, lines));
  }
}
