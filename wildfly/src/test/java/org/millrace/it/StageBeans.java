package org.millrace.it;

import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;

/** Stage beans in a deployment of their own, beside the engine's. */
final class StageBeans {

  private static final String STRUCTURE =
      """
      <jboss-deployment-structure>
        <deployment>
          <dependencies>
            <module name="deployment.millrace.ear"/>
          </dependencies>
        </deployment>
      </jboss-deployment-structure>
      """;

  private StageBeans() {}

  /** To be called before the server is started. */
  static void deployTo(TestServer server, String name, Class<?>... classes) {
    ShrinkWrap.create(JavaArchive.class, name)
        .addClasses(classes)
        .addAsManifestResource(new StringAsset(STRUCTURE), "jboss-deployment-structure.xml")
        .as(ZipExporter.class)
        .exportTo(server.deployments().resolve(name).toFile(), true);
  }
}
